using RingPortal.Simulator.Ledger;

namespace RingPortal.Simulator.Faults;

/// <summary>Holds the next call of an operation until it is released: a test can look at the moment in between.</summary>
public sealed class FaultGate : IDisposable
{
    private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal FaultGate(RingOperation operation, bool afterEffect) => (Operation, AfterEffect) = (operation, afterEffect);

    /// <summary>Ends when the call stands at the gate.</summary>
    public Task Arrived => arrived.Task;

    /// <summary>The operation that is held.</summary>
    public RingOperation Operation { get; }

    /// <summary>The call is held after its effect, with the answer in hand.</summary>
    public bool AfterEffect { get; }

    /// <summary>Lets the call go on.</summary>
    public void Release() => released.TrySetResult();

    /// <summary>Releases the call.</summary>
    public void Dispose() => Release();

    internal Task PassAsync(CancellationToken cancellationToken)
    {
        arrived.TrySetResult();
        return released.Task.WaitAsync(cancellationToken);
    }
}
