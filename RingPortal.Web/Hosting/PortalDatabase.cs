using Npgsql;
using RingPortal.Migrations;
using RingPortal.Web.Hosting.Embedded;
using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Web.Hosting;

/// <summary>The database behind a start: an existing one by connection string, or in Development the portal's own cluster.</summary>
internal sealed class PortalDatabase : IAsyncDisposable
{
    private readonly EmbeddedDatabase? _embedded;

    private PortalDatabase(EmbeddedDatabase? embedded) => _embedded = embedded;

    /// <summary>Starts the embedded cluster where it is wanted and brings it up to date; fills in the connection strings.</summary>
    /// <exception cref="StartUpException">No database can be had; the message says what to do.</exception>
    public static async Task<PortalDatabase> PrepareAsync(WebApplicationBuilder builder, CancellationToken cancellationToken)
    {
        var configuration = builder.Configuration;
        EmbeddedDatabase? embedded = null;
        if (string.IsNullOrEmpty(configuration.GetConnectionString("Portal")))
        {
            if (!builder.Environment.IsDevelopment())
            {
                throw new StartUpException("ConnectionStrings__Portal is not set. Outside Development the portal needs the address of its PostgreSQL database.");
            }

            embedded = await EmbeddedDatabase.StartAsync(configuration, cancellationToken);
            configuration["ConnectionStrings:Portal"] = embedded.PortalConnectionString;
            configuration["ConnectionStrings:Migrator"] = embedded.MigratorConnectionString;
        }

        if (builder.Environment.IsDevelopment())
        {
            await MigrateAsync(configuration, cancellationToken);
        }

        return new PortalDatabase(embedded);
    }

    /// <summary>Applies what is missing with the migrator's role, and lets the portal's role use it.</summary>
    public static async Task MigrateAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        var portal = configuration.GetConnectionString("Portal");
        var migrator = configuration.GetConnectionString("Migrator");
        var owner = string.IsNullOrEmpty(migrator) ? portal : migrator;
        if (string.IsNullOrEmpty(owner))
        {
            throw new StartUpException("ConnectionStrings__Migrator is not set, nor is ConnectionStrings__Portal. One of them must name the PostgreSQL database to migrate.");
        }

        var app = string.IsNullOrEmpty(portal) ? null : new NpgsqlConnectionStringBuilder(portal).Username;
        var appRole = app == new NpgsqlConnectionStringBuilder(owner).Username ? null : app;
        await new PortalMigrator(owner).MigrateAsync(appRole, cancellationToken);
    }

    public ValueTask DisposeAsync() => _embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}
