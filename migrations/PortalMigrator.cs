using Hangfire.PostgreSql;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RingPortal.Data;

namespace RingPortal.Migrations;

/// <summary>Brings a database up to date: the portal's migrations, then Hangfire's schema, then the rights of the portal's role.</summary>
public sealed class PortalMigrator(string connectionString)
{
    /// <summary>Name of the schema that Hangfire owns.</summary>
    public const string HangfireSchema = "hangfire";

    /// <summary>
    /// Applies what is missing. Safe to run from several places at once: an advisory lock lets one work while the
    /// others wait and then find nothing to do.
    /// </summary>
    /// <param name="appRole">Role the portal signs in with, when it is not the owner; it gets rights on rows only.</param>
    /// <param name="cancellationToken">Stops waiting for the lock and between steps.</param>
    /// <exception cref="NpgsqlException">The database cannot be reached or refuses a statement.</exception>
    public async Task MigrateAsync(string? appRole, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var guard = await source.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(guard, "SELECT pg_advisory_lock(7214500013)", cancellationToken);
        await using var services = Services(source);
        await using (var context = services.GetRequiredService<RingPortalContext>())
        {
            await context.Database.MigrateAsync(cancellationToken);
        }

        await ExecuteAsync(guard, $"CREATE SCHEMA IF NOT EXISTS {HangfireSchema}", cancellationToken);
        await using var hangfire = await source.OpenConnectionAsync(cancellationToken);
        PostgreSqlObjectsInstaller.Install(hangfire, HangfireSchema);
        await HangfireIndexes.ApplyAsync(guard, HangfireSchema, cancellationToken);
        if (appRole is not null)
        {
            await AppRoleGrants.ApplyAsync(guard, appRole, HangfireSchema, cancellationToken);
        }

        await ExecuteAsync(guard, "SELECT pg_advisory_unlock(7214500013)", cancellationToken);
    }

    private static ServiceProvider Services(NpgsqlDataSource source) => new ServiceCollection()
        .Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .AddDbContext<RingPortalContext>(options => options.UsePortalDatabase(source))
        .BuildServiceProvider();

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
