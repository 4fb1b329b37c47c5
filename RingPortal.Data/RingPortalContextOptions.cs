using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace RingPortal.Data;

/// <summary>The one way a context is set up, for the product, the migrator, tests and tools alike.</summary>
public static class RingPortalContextOptions
{
    /// <summary>Name of the assembly that holds the migrations.</summary>
    public const string MigrationsAssembly = "RingPortal.Migrations";

    /// <summary>Uses PostgreSQL through the given pool, snake_case names, and the migrations of <see cref="MigrationsAssembly"/>.</summary>
    public static DbContextOptionsBuilder UsePortalDatabase(this DbContextOptionsBuilder builder, NpgsqlDataSource source) =>
        builder.UseNpgsql(source, npgsql => npgsql.MigrationsAssembly(MigrationsAssembly))
            .UseSnakeCaseNamingConvention()
            // Whoever catches the failure tells it, once: thirty pages that fail at the same moment must not write ninety stack traces
            // while deliveries wait for the processor.
            .ConfigureWarnings(events => events.Ignore(RelationalEventId.CommandError, CoreEventId.QueryIterationFailed, CoreEventId.SaveChangesFailed));
}
