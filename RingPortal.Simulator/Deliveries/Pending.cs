namespace RingPortal.Simulator.Deliveries;

/// <summary>Counts what is not done yet; others wait until it is none.</summary>
internal sealed class Pending
{
    private readonly Lock gate = new();
    private int count;
    private TaskCompletionSource none = new();

    public Pending() => none.SetResult();

    public Task WhenNone
    {
        get
        {
            lock (gate)
                return none.Task;
        }
    }

    public void Add(int more)
    {
        lock (gate)
        {
            if (count == 0)
                none = new(TaskCreationOptions.RunContinuationsAsynchronously);

            count += more;
        }
    }

    public void Done()
    {
        lock (gate)
        {
            if (--count == 0)
                none.TrySetResult();
        }
    }

    /// <summary>Ends the waiting of those who would wait for ever.</summary>
    public void GiveUp()
    {
        lock (gate)
            none.TrySetCanceled();
    }
}
