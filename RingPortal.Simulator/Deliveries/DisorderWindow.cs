using RingPortal.Simulator.Hosting;

namespace RingPortal.Simulator.Deliveries;

/// <summary>Lets deliveries pass as they come, or holds back a window of them and lets it go shuffled.</summary>
internal sealed class DisorderWindow : IDisposable
{
    private readonly RingSettings settings;
    private readonly Action<Delivery> release;
    private readonly Lock gate = new();
    private readonly List<Delivery> held = [];
    private readonly Timer timer;
    private Random random = new(0);
    private int? seed;

    public DisorderWindow(RingSettings settings, Action<Delivery> release)
    {
        (this.settings, this.release) = (settings, release);
        timer = new Timer(_ => Flush());
    }

    public int Held
    {
        get
        {
            lock (gate)
                return held.Count;
        }
    }

    public void Pass(Delivery delivery)
    {
        var wanted = settings.Webhooks;
        lock (gate)
        {
            if (wanted.DisorderWindow < 2 && held.Count == 0)
            {
                seed = null;
                release(delivery);
                return;
            }

            held.Add(delivery);
            if (held.Count >= wanted.DisorderWindow)
                Release(wanted.DisorderSeed);
            else if (held.Count == 1)
                timer.Change(wanted.DisorderHoldMilliseconds, Timeout.Infinite);
        }
    }

    /// <summary>Lets go what is held.</summary>
    public void Flush()
    {
        lock (gate)
            Release(settings.Webhooks.DisorderSeed);
    }

    public void Dispose() => timer.Dispose();

    private void Release(int wantedSeed)
    {
        timer.Change(Timeout.Infinite, Timeout.Infinite);
        if (seed != wantedSeed)
            (seed, random) = (wantedSeed, new Random(wantedSeed));

        var row = held.ToArray();
        held.Clear();
        random.Shuffle(row);
        foreach (var delivery in row)
            release(delivery);
    }
}
