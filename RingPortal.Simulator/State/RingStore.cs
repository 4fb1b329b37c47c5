namespace RingPortal.Simulator.State;

/// <summary>The one place of truth: every read and change passes its lock, every change is saved before it is told.</summary>
internal sealed class RingStore
{
    private readonly Lock gate = new();
    private readonly StateFile file;
    private readonly RingState state;
    private long version;

    public RingStore(StateFile file)
    {
        this.file = file;
        state = file.Read() ?? RingState.Fresh();
    }

    /// <summary>Grows with every change; pages compare it.</summary>
    public long Version => Interlocked.Read(ref version);

    public T Read<T>(Func<RingState, T> read)
    {
        lock (gate)
            return read(state);
    }

    /// <summary>Pages are to be drawn anew, though nothing is to be kept.</summary>
    public void Touch() => Interlocked.Increment(ref version);

    public T Change<T>(Func<RingState, T> change)
    {
        lock (gate)
        {
            var result = change(state);
            file.Write(state);
            Interlocked.Increment(ref version);
            return result;
        }
    }
}
