using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Desk.Seed;

/// <summary>Fills a migrated database before a portal has seen it.</summary>
internal static class DeskSeed
{
    public static async Task FillAsync(BenchmarkCluster cluster, string database, DeskRows rows)
    {
        string[] statements =
        [
            .. TrailSeed.Statements(rows), .. CallSeed.Statements(rows), .. FigureSeed.Statements,
            // Last, because what is in the pool stays there for half an hour only.
            .. LinkSeed.Statements(rows), .. WorkSeed.Statements, .. JobSeed.Statements(rows),
        ];
        foreach (var statement in statements)
        {
            await cluster.ExecuteAsync(database, statement);
        }

        await TidyAsync(cluster, database);
    }

    /// <summary>Leaves the tables as a production's are at night.</summary>
    public static async Task TidyAsync(BenchmarkCluster cluster, string database)
    {
        await cluster.ExecuteAsync(database, "VACUUM (ANALYZE)");
        await cluster.ExecuteAsync(database, "CHECKPOINT");
    }
}
