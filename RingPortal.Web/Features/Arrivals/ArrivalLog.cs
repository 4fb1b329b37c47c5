using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Features.Certification.Outside;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Arrivals;

/// <summary>
/// Answers "did Ring call us at all, and what did we say?". Kept in memory and written each second, bounded per
/// address and verdict, so that a flood costs nothing; never a body, never a secret. All are counted, minute by minute.
/// </summary>
public sealed class ArrivalLog(TimeProvider clock)
{
    private readonly Channel<Arrival> _waiting = Channel.CreateBounded<Arrival>(
        new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.DropWrite });

    private ConcurrentDictionary<(DateTimeOffset Minute, string Route, string Verdict), long> _counts = new();

    /// <summary>Counts one call that is written down elsewhere.</summary>
    /// <param name="http">The call.</param>
    /// <param name="route">As in <see cref="Record"/>.</param>
    /// <param name="verdict">As in <see cref="Record"/>.</param>
    public void Count(HttpContext http, string route, string verdict) => Count(route, ProbeMark.IsOn(http) ? ProbeMark.Verdict : verdict);

    private void Count(string route, string verdict)
    {
        var now = clock.GetUtcNow();
        var minute = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        Volatile.Read(ref _counts).AddOrUpdate((minute, route, verdict), 1, (_, count) => count + 1);
    }

    /// <summary>Notes one call.</summary>
    /// <param name="http">The call.</param>
    /// <param name="route"><c>token</c>, <c>link</c>, <c>config</c> or <c>webhook</c>.</param>
    /// <param name="verdict">What was decided.</param>
    /// <param name="reason">Why, for operators; no secret.</param>
    /// <param name="status">HTTP status of the answer.</param>
    /// <param name="started">Timestamp at which the call began.</param>
    public void Record(HttpContext http, string route, string verdict, string? reason, int status, long started)
    {
        var host = http.Request.Host.Value ?? "";
        if (ProbeMark.IsOn(http))
        {
            // Not Ring and not a person: whoever counts them must not count this.
            (verdict, reason) = (ProbeMark.Verdict, $"own check: {verdict}");
        }

        Count(route, verdict);
        _waiting.Writer.TryWrite(new Arrival
        {
            Route = route,
            At = clock.GetUtcNow(),
            Verdict = verdict,
            Reason = reason,
            Status = status,
            ElapsedMilliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
            SourceNetwork = SourceNetwork.Of(http.Connection.RemoteIpAddress),
            Host = host.Length > 255 ? host[..255] : host,
        });
    }

    internal IReadOnlyList<Arrival> Take()
    {
        var taken = new List<Arrival>();
        while (_waiting.Reader.TryRead(out var arrival))
        {
            taken.Add(arrival);
        }

        return taken;
    }

    /// <summary>What was counted since the last time. Who counts at this very moment may do so into what was taken: one call in a million.</summary>
    internal IReadOnlyList<ArrivalMinute> TakeCounts() =>
        [.. Interlocked.Exchange(ref _counts, new()).Select(entry => new ArrivalMinute { At = entry.Key.Minute, Route = entry.Key.Route, Verdict = entry.Key.Verdict, Count = entry.Value })];

    /// <summary>Puts back what could not be written; it goes with the next.</summary>
    internal void GiveBack(IEnumerable<ArrivalMinute> counts)
    {
        foreach (var minute in counts)
        {
            Volatile.Read(ref _counts).AddOrUpdate((minute.At, minute.Route, minute.Verdict), minute.Count, (_, count) => count + minute.Count);
        }
    }
}
