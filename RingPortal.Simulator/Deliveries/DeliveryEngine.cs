using RingPortal.Simulator.Hosting;

namespace RingPortal.Simulator.Deliveries;

/// <summary>
/// Delivers in the background as Ring does (contract 5.5): 2xx is delivered, 4xx is final, everything else is tried again by the
/// schedule and ends as a dead letter. What waits costs neither a thread nor one of the places under way.
/// </summary>
internal sealed class DeliveryEngine : IAsyncDisposable
{
    private readonly DeliverySender sender;
    private readonly DeliveryLog log;
    private readonly DeadLetters dead;
    private readonly RingSettings settings;
    private readonly SimulatorClock clock;
    private readonly DisorderWindow disorder;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly Queue<Delivery> ready = new();
    private readonly Pending undecided = new();
    private readonly Pending attempts = new();
    private int underWay;

    public DeliveryEngine(DeliverySender sender, DeliveryLog log, DeadLetters dead, RingSettings settings, SimulatorClock clock)
    {
        (this.sender, this.log, this.dead, this.settings, this.clock) = (sender, log, dead, settings, clock);
        disorder = new DisorderWindow(settings, Enqueue);
    }

    /// <summary>Takes an event over; tells the first of its copies.</summary>
    public Delivery Begin(Letter letter)
    {
        var wanted = settings.Webhooks;
        var copies = Enumerable.Range(0, letter.Copies ?? wanted.Copies).Select(copy => log.Open(letter, copy)).ToArray();
        undecided.Add(copies.Length);
        for (var copy = 1; copy < copies.Length && !wanted.CopiesAtOnce; copy++)
            copies[copy - 1].Next = copies[copy];

        foreach (var delivery in wanted.CopiesAtOnce ? copies : copies[..1])
            disorder.Pass(delivery);

        return copies[0];
    }

    /// <summary>How many are held back to be shuffled.</summary>
    public int Held => disorder.Held;

    /// <summary>Lets go what is held back to be shuffled.</summary>
    public void Flush() => disorder.Flush();

    /// <summary>Begins a dead letter anew, with the whole schedule; tells whether there was such a one.</summary>
    public bool Replay(long number)
    {
        if (dead.Take(number) is not { } delivery)
            return false;

        undecided.Add(1);
        delivery.Attempts = 0;
        log.Change(number, record => record with { Fate = DeliveryFate.Waiting, DecidedAt = null });
        Enqueue(delivery);
        return true;
    }

    /// <summary>Begins every dead letter anew; tells how many.</summary>
    public int ReplayAll() => dead.Numbers.Count(Replay);

    /// <summary>Waits until every delivery is decided.</summary>
    public Task WhenIdleAsync(CancellationToken cancellationToken) => undecided.WhenNone.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        disorder.Dispose();
        await stopping.CancelAsync();
        lock (gate)
        {
            foreach (var delivery in ready)
                delivery.Abandon();

            ready.Clear();
        }

        await attempts.WhenNone;
        undecided.GiveUp();
        stopping.Dispose();
    }

    private void Enqueue(Delivery delivery)
    {
        lock (gate)
        {
            ready.Enqueue(delivery);
            Start();
        }
    }

    /// <summary>Fills the free places; called under the lock.</summary>
    private void Start()
    {
        while (underWay < settings.Webhooks.Concurrency && !stopping.IsCancellationRequested && ready.TryDequeue(out var delivery))
        {
            underWay++;
            attempts.Add(1);
            _ = AttemptAsync(delivery);
        }
    }

    private async Task AttemptAsync(Delivery delivery)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            Judge(delivery, await sender.SendAsync(delivery, stopping.Token));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            delivery.Abandon();
        }
        finally
        {
            lock (gate)
            {
                underWay--;
                Start();
            }

            attempts.Done();
        }
    }

    private void Judge(Delivery delivery, DeliveryAttempt attempt)
    {
        var wanted = settings.Webhooks;
        var pause = attempt.Status is (>= 200 and < 300) or (>= 400 and < 500) ? null : RetrySchedule.After(delivery.Attempts, wanted);
        var fate = (attempt.Status, pause) switch
        {
            ( >= 200 and < 300, _) => DeliveryFate.Delivered,
            ( >= 400 and < 500, _) => DeliveryFate.Refused,
            (_, not null) => DeliveryFate.Waiting,
            _ => wanted.DeadLetters ? DeliveryFate.DeadLetter : DeliveryFate.Lost,
        };
        if (fate == DeliveryFate.DeadLetter)
            dead.Add(delivery);

        log.Change(delivery.Number, record => record with
        {
            Fate = fate,
            RequestId = attempt.RequestId,
            DecidedAt = fate == DeliveryFate.Waiting ? null : clock.GetUtcNow(),
            NextAt = pause is { } next ? clock.GetUtcNow() + next : null,
            Attempts = [.. record.Attempts, attempt],
        });
        delivery.SetAttempted();
        if (pause is { } time)
            _ = TryAgainAsync(delivery, time);
        else
            Decided(delivery);
    }

    private async Task TryAgainAsync(Delivery delivery, TimeSpan pause)
    {
        await Task.Delay(pause, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stopping.IsCancellationRequested)
            Enqueue(delivery);
    }

    private void Decided(Delivery delivery)
    {
        if (delivery.Next is { } next)
        {
            delivery.Next = null;
            disorder.Pass(next);
        }

        undecided.Done();
    }
}
