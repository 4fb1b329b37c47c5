using Npgsql;

namespace RingPortal.Benchmarks.Desk;

/// <summary>
/// Which page reads a large table as a whole. What sessions count is told late, so pages are asked for ten at a time, and one
/// by one only where one of the ten did.
/// </summary>
internal sealed class PageReads(NpgsqlDataSource source, HttpClient person, int large)
{
    /// <summary>Requests of a page that is looked at alone.</summary>
    public const int Alone = 10;

    private const int Together = 10;

    /// <summary>Measures the pages and answers with the rows of a table as they come.</summary>
    public async IAsyncEnumerable<string> RunAsync(IReadOnlyList<DeskPage> pages)
    {
        foreach (var some in pages.Chunk(Together))
        {
            var runs = new List<PageRun>();
            var reads = await TableReads.WhileAsync(source, large, async () =>
            {
                foreach (var page in some)
                {
                    runs.Add(await PageRun.RunAsync(person, page));
                }
            });
            foreach (var run in runs)
            {
                yield return run.Row(reads == TableReads.None ? reads : await TableReads.WhileAsync(source, large, () => AskAsync(run.Page)));
            }
        }
    }

    private async Task AskAsync(DeskPage page)
    {
        for (var number = 0; number < Alone; number++)
        {
            using var answer = await person.GetAsync(page.Path);
        }
    }
}
