using System.Diagnostics;
using System.Globalization;
using System.Net;
using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Desk;

/// <summary>One page fetched again and again: the server's time, and what it answered.</summary>
/// <param name="Page">The page.</param>
/// <param name="Size">Bytes of the last answer: a page without its rows is noticed by it.</param>
/// <param name="Times">Of each answer to its last byte (ms).</param>
/// <param name="Answers">In words, with everything that is not as it should be.</param>
internal sealed record PageRun(DeskPage Page, int Size, Figures Times, string Answers)
{
    public const int Warm = 10;
    public const int Requests = 100;

    /// <summary>Where a page tells that it could not be read; its status is 200 all the same.</summary>
    private static ReadOnlySpan<byte> Failure => "rp-panel-error\" role=\"alert\""u8;

    public static async Task<PageRun> RunAsync(HttpClient person, DeskPage page)
    {
        var (times, wrong, size) = (new List<double>(), new Dictionary<string, int>(), 0);
        for (var number = 0; number < Warm + Requests; number++)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await person.GetAsync(page.Path);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            var body = await answer.Content.ReadAsByteArrayAsync();
            size = body.Length;
            if (Wrong(answer, body) is { } what)
            {
                wrong[what] = wrong.GetValueOrDefault(what) + 1;
            }
        }

        return new PageRun(page, size, new Figures(times.Skip(Warm)), wrong.Count == 0 ? "200" : string.Join(", ", wrong.Select(pair => $"**{pair.Value} times {pair.Key}**")));
    }

    /// <summary>The row of a table, with the large tables that the page reads as a whole.</summary>
    public string Row(string reads) => string.Create(CultureInfo.InvariantCulture, $"| `{Page.Name}` | {Answers} | {Size / 1024:N0} | {Times.Short} | {reads} |");

    private static string? Wrong(HttpResponseMessage answer, byte[] body) =>
        answer.StatusCode != HttpStatusCode.OK ? $"{(int)answer.StatusCode} {answer.Headers.Location}".TrimEnd()
        : body.AsSpan().IndexOf(Failure) >= 0 ? "a failure" : null;
}
