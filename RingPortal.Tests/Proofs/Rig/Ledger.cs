using System.Collections.Concurrent;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>One POST and what came of it.</summary>
/// <param name="RequestId">Ring's id in the body.</param>
/// <param name="Portal">Number of the instance, from 0.</param>
/// <param name="Status">HTTP status; 0 when no answer came within Ring's 5 seconds.</param>
/// <param name="Answer">The body of the answer.</param>
/// <param name="At">When it was sent, since the ledger was opened.</param>
/// <param name="Elapsed">How long the answer took, the wait for a connection included.</param>
internal sealed record Attempt(string RequestId, int Portal, int Status, string Answer, TimeSpan At, TimeSpan Elapsed)
{
    public bool IsAcknowledged => Status is >= 200 and < 300;

    /// <summary>What Ring takes as final: the event is lost.</summary>
    public bool IsRefused => Status is >= 300 and < 500;
}

/// <summary>The sender's book: every attempt, and every event that was acknowledged. It is what the database must hold.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, byte> _acknowledged = [];
    private readonly ConcurrentQueue<Attempt> _attempts = [];
    private readonly long _opened = System.Diagnostics.Stopwatch.GetTimestamp();
    private int _acknowledgements;

    public TimeSpan Now => System.Diagnostics.Stopwatch.GetElapsedTime(_opened);

    public IReadOnlyCollection<Attempt> Attempts => _attempts;

    /// <summary>Events that got a 200.</summary>
    public IReadOnlyCollection<string> Acknowledged => [.. _acknowledged.Keys];

    /// <summary>How many events got a 200 so far.</summary>
    public int Count => Volatile.Read(ref _acknowledgements);

    public void Write(Attempt attempt)
    {
        _attempts.Enqueue(attempt);
        if (attempt.IsAcknowledged && _acknowledged.TryAdd(attempt.RequestId, 0))
        {
            Interlocked.Increment(ref _acknowledgements);
        }
    }

    /// <summary>How often each status came, as text: <c>200: 20000, 503: 12</c>.</summary>
    public string Statuses => string.Join(", ", _attempts.GroupBy(attempt => attempt.Status).OrderBy(group => group.Key).Select(group => $"{group.Key}: {group.Count()}"));

    /// <summary>Fails when Ring would have lost an event for good: no answer of ours may be final unless it is a 200.</summary>
    public void NothingWasRefused() =>
        Assert.True(!_attempts.Any(attempt => attempt.IsRefused), $"Refused: {_attempts.FirstOrDefault(attempt => attempt.IsRefused)}; {Statuses}");
}
