using System.Diagnostics;
using System.Threading.Channels;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Arrivals;

/// <summary>
/// Answers "did Ring call us at all, and what did we say?". Kept in memory and written each second, bounded per
/// address and verdict, so that a flood costs nothing; never a body, never a secret.
/// </summary>
public sealed class ArrivalLog(TimeProvider clock)
{
    private readonly Channel<Arrival> _waiting = Channel.CreateBounded<Arrival>(
        new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.DropWrite });

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
}
