using System.Collections.Concurrent;
using System.Diagnostics;

namespace RingPortal.Web.Features.Webhooks.Intake;

/// <summary>
/// How long Ring waited for the answers of the newest deliveries. Known only after the commit, so it is kept here until the
/// row is written again anyway; another instance that settles it does not know, and then nobody does.
/// </summary>
internal sealed class AnswerTimes
{
    private const int Kept = 4_096;

    private readonly ConcurrentDictionary<Guid, int> _milliseconds = new();
    private readonly ConcurrentQueue<Guid> _order = new();

    /// <summary>A delivery is about to be answered.</summary>
    /// <param name="inboxId">Its row.</param>
    /// <param name="started">Timestamp at which the call began.</param>
    public void Note(Guid inboxId, long started)
    {
        _milliseconds[inboxId] = (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        _order.Enqueue(inboxId);
        while (_order.Count > Kept && _order.TryDequeue(out var oldest))
        {
            _milliseconds.TryRemove(oldest, out _);
        }
    }

    /// <summary>The time (ms); null when it is not known here.</summary>
    public int? Take(Guid inboxId) => _milliseconds.TryRemove(inboxId, out var milliseconds) ? milliseconds : null;
}
