namespace RingPortal.Simulator.Ledger;

/// <summary>Counts every call for ever and keeps the newest thousand.</summary>
public sealed class CallLedger
{
    private const int Kept = 1_000;
    private readonly Lock gate = new();
    private readonly Queue<RecordedCall> newest = new(Kept);
    private readonly Dictionary<(RingOperation, string?, int), int> counts = [];
    private TaskCompletionSource changed = NewSignal();
    private long number;

    /// <summary>How many calls there were; <see langword="null"/> counts every account or every status.</summary>
    public int Count(RingOperation operation, string? account = null, int? status = null)
    {
        lock (gate)
        {
            return counts
                .Where(entry => operation == RingOperation.Any || entry.Key.Item1 == operation)
                .Where(entry => account is null || entry.Key.Item2 == account)
                .Where(entry => status is null || entry.Key.Item3 == status)
                .Sum(entry => entry.Value);
        }
    }

    /// <summary>The newest calls after a number, oldest first, a thousand at most.</summary>
    public IReadOnlyList<RecordedCall> After(long after = 0)
    {
        lock (gate)
            return [.. newest.Where(call => call.Number > after)];
    }

    /// <summary>Calls that were a caller's mistake: unknown route, method, parameter.</summary>
    public IReadOnlyList<RecordedCall> Loud() => [.. After().Where(call => call.Loud)];

    /// <summary>Waits until there were at least so many such calls.</summary>
    /// <exception cref="TimeoutException">They did not come in time; the message tells what came.</exception>
    public async Task WaitForAsync(RingOperation operation, string? account, int count, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        while (true)
        {
            var next = NextChange();
            if (Count(operation, account) >= count)
                return;

            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                var seen = string.Join("; ", After().Select(call => $"{call.Operation} {call.Account} {call.Status}"));
                throw new TimeoutException($"Waited for {count} × {operation} of {account ?? "anybody"}; there were {Count(operation, account)}. Seen: {seen}");
            }
        }
    }

    internal RecordedCall Add(RecordedCall call)
    {
        TaskCompletionSource wake;
        lock (gate)
        {
            call = call with { Number = ++number };
            if (newest.Count == Kept)
                newest.Dequeue();

            newest.Enqueue(call);
            var key = (call.Operation, call.Account, call.Status);
            counts[key] = counts.GetValueOrDefault(key) + 1;
            wake = changed;
            changed = NewSignal();
        }

        wake.SetResult();
        return call;
    }

    private Task NextChange()
    {
        lock (gate)
            return changed.Task;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
