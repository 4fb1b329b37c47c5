using RingPortal.Simulator.Hosting;

namespace RingPortal.Simulator.Deliveries;

/// <summary>What could not be delivered, kept for 72 hours of the cloud's clock (contract 5.5).</summary>
internal sealed class DeadLetters(DeliveryLog log, SimulatorClock clock)
{
    private static readonly TimeSpan Retention = TimeSpan.FromHours(72);
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, (Delivery Delivery, DateTimeOffset DiedAt)> kept = [];

    /// <summary>Numbers of all that can be replayed, oldest first.</summary>
    public IReadOnlyList<long> Numbers
    {
        get
        {
            Expire();
            lock (gate)
                return [.. kept.Keys];
        }
    }

    public int Count => Numbers.Count;

    public void Add(Delivery delivery)
    {
        lock (gate)
            kept.Add(delivery.Number, (delivery, clock.GetUtcNow()));
    }

    public Delivery? Take(long number)
    {
        Expire();
        lock (gate)
            return kept.Remove(number, out var found) ? found.Delivery : null;
    }

    private void Expire()
    {
        var longAgo = clock.GetUtcNow() - Retention;
        List<long> over;
        lock (gate)
        {
            over = [.. kept.Where(one => one.Value.DiedAt < longAgo).Select(one => one.Key)];
            over.ForEach(number => kept.Remove(number));
        }

        foreach (var number in over)
            log.Change(number, record => record with { Fate = DeliveryFate.Lost });
    }
}
