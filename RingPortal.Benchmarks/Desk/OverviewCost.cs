using Npgsql;

namespace RingPortal.Benchmarks.Desk;

/// <summary>
/// What the overview costs the database while it is open in a browser, beside the same time without it. A minute holds each of
/// the portal's own minutely jobs once, so the difference is the page; what comes more rarely, vacuum too, only ever adds, and
/// the least of some minutes leaves it out.
/// </summary>
internal static class OverviewCost
{
    private const int Rounds = 4;
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    public static async Task PrintAsync(DeskStage stage, Operator person, NpgsqlDataSource source, int large)
    {
        await using var aside = stage.Cluster.Open("postgres");
        Console.WriteLine("| one minute | transactions | blocks | ms of database time | large tables read as a whole |");
        Console.WriteLine("|---|---|---|---|---|");
        var (alone, open) = (new List<DatabaseWork>(), new List<DatabaseWork>());
        for (var round = 0; round < Rounds; round++)
        {
            alone.Add(await MinuteAsync("portal alone", aside, source, large));
            var page = await person.OpenAsync("/admin", "[data-pause]");
            open.Add(await MinuteAsync("with an open overview", aside, source, large));
            await page.CloseAsync();
        }

        Console.WriteLine($"| **the overview**, least of {Rounds} beside least of {Rounds} | {Least(open) - Least(alone)} | |");
    }

    private static async Task<DatabaseWork> MinuteAsync(string name, NpgsqlDataSource aside, NpgsqlDataSource source, int large)
    {
        // What was before, opening the page too, is told by then.
        await Task.Delay(TableReads.Told);
        var (before, reads) = (await DatabaseWork.TakeAsync(aside, DeskStage.Database), await TableReads.TakeAsync(source, large));
        await Task.Delay(s_minute);
        var work = await DatabaseWork.TakeAsync(aside, DeskStage.Database) - before;
        Console.WriteLine($"| {name} | {work} | {(await TableReads.TakeAsync(source, large)).Since(reads)} |");
        return work;
    }

    private static DatabaseWork Least(List<DatabaseWork> minutes) =>
        new(minutes.Min(work => work.Transactions), minutes.Min(work => work.Blocks), minutes.Min(work => work.Milliseconds));
}
