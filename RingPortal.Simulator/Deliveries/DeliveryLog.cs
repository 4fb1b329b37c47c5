using RingPortal.Simulator.Hosting;

namespace RingPortal.Simulator.Deliveries;

/// <summary>Every delivery with its attempts: counts for ever, keeps the newest (<see cref="RingCloudOptions.DeliveriesKept"/>).</summary>
public sealed class DeliveryLog
{
    private readonly RingCloudOptions options;
    private readonly SimulatorClock clock;
    private readonly Lock gate = new();
    private readonly Dictionary<long, DeliveryRecord> records = [];
    private readonly Queue<long> byAge = new();
    private readonly Dictionary<(string Type, string? Account, DeliveryFate Fate), int> counts = [];
    private TaskCompletionSource changed = NewSignal();
    private long number;
    private long version;

    internal DeliveryLog(RingCloudOptions options, SimulatorClock clock) => (this.options, this.clock) = (options, clock);

    /// <summary>Grows with every change.</summary>
    public long Version => Interlocked.Read(ref version);

    /// <summary>One delivery, <see langword="null"/> when it was never there or is forgotten.</summary>
    public DeliveryRecord? this[long number]
    {
        get
        {
            lock (gate)
                return records.GetValueOrDefault(number);
        }
    }

    /// <summary>The newest deliveries, or those after a number, as the filter says.</summary>
    public IReadOnlyList<DeliveryRecord> Find(DeliveryFilter filter)
    {
        var found = new List<DeliveryRecord>();
        lock (gate)
        {
            var (from, step) = filter.After is { } after ? (Math.Max(after, 0) + 1, 1) : (Math.Min((filter.Before ?? long.MaxValue) - 1, number), -1);
            for (var at = from; at > 0 && at <= number && found.Count < filter.Limit; at += step)
            {
                if (records.TryGetValue(at, out var record) && filter.Meets(record))
                    found.Add(record);
            }
        }

        return found;
    }

    /// <summary>How many deliveries there were since the start.</summary>
    public int Count(string? type = null, string? account = null, DeliveryFate? fate = null)
    {
        lock (gate)
        {
            return counts
                .Where(entry => (type is null || entry.Key.Type == type) && (account is null || entry.Key.Account == account) && (fate is null || entry.Key.Fate == fate))
                .Sum(entry => entry.Value);
        }
    }

    /// <summary>Waits until so many deliveries of a type came to this end.</summary>
    /// <exception cref="TimeoutException">They did not in time; the message tells what is there.</exception>
    public async Task WaitForAsync(
        string? type, string? account, int count, TimeSpan timeout, DeliveryFate fate = DeliveryFate.Delivered, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        while (true)
        {
            var next = NextChange();
            if (Count(type, account, fate) >= count)
                return;

            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                var seen = string.Join("; ", Find(new() { Account = account, Limit = 20 }).Select(one => $"{one.Type} {one.Fate} after {one.Attempts.Count}"));
                throw new TimeoutException($"Waited for {count} × {type ?? "any event"} {fate} of {account ?? "anybody"}; there were {Count(type, account, fate)}. Seen: {seen}");
            }
        }
    }

    internal Delivery Open(Letter letter, int copy)
    {
        DeliveryRecord record;
        lock (gate)
        {
            record = new DeliveryRecord
            {
                Number = ++number,
                At = clock.GetUtcNow(),
                Type = letter.Event?.Type ?? "",
                Account = letter.Account,
                Device = letter.Event?.DeviceId,
                EventId = letter.Event?.EventId ?? "",
                RequestId = letter.Event?.RequestId ?? "",
                Copy = copy,
                What = letter.What,
            };
            records.Add(number, record);
            byAge.Enqueue(number);
            Tally(record, 1);
            Forget();
        }

        Tell();
        return new Delivery(record.Number, letter);
    }

    internal DeliveryRecord? Change(long number, Func<DeliveryRecord, DeliveryRecord> change)
    {
        DeliveryRecord after;
        lock (gate)
        {
            if (!records.TryGetValue(number, out var before))
                return null;

            records[number] = after = change(before);
            Tally(before, -1);
            Tally(after, 1);
            Forget();
        }

        Tell();
        return after;
    }

    private void Tally(DeliveryRecord record, int by)
    {
        var key = (record.Type, record.Account, record.Fate);
        counts[key] = counts.GetValueOrDefault(key) + by;
    }

    /// <summary>Forgets the oldest, a few at a time; what may still change goes to the end of the row.</summary>
    private void Forget()
    {
        for (var looked = 0; looked < 4 && records.Count > options.DeliveriesKept; looked++)
        {
            var oldest = byAge.Dequeue();
            if (records[oldest].Fate is DeliveryFate.Waiting or DeliveryFate.DeadLetter)
                byAge.Enqueue(oldest);
            else
                records.Remove(oldest);
        }
    }

    private void Tell()
    {
        Interlocked.Increment(ref version);
        Interlocked.Exchange(ref changed, NewSignal()).SetResult();
    }

    private Task NextChange() => Volatile.Read(ref changed).Task;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
