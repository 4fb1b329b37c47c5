using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RingPortal.Data;

namespace RingPortal.Migrations;

/// <summary>
/// The context as <c>dotnet ef</c> sees it. Identity's schema version comes from its options in the service provider:
/// bare options would make migrations without the passkey table.
/// </summary>
public sealed class DesignTimeContextFactory : IDesignTimeDbContextFactory<RingPortalContext>
{
    /// <inheritdoc />
    public RingPortalContext CreateDbContext(string[] args) => new ServiceCollection()
        .Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .AddDbContext<RingPortalContext>(options => options.UsePortalDatabase(NpgsqlDataSource.Create("Host=/nowhere")))
        .BuildServiceProvider()
        .GetRequiredService<RingPortalContext>();
}
