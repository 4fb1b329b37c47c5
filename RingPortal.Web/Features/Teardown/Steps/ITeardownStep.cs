using RingPortal.Data.Teardown;

namespace RingPortal.Web.Features.Teardown.Steps;

/// <summary>What a step came to: words for operators, and what follows its commit.</summary>
internal sealed record StepResult(string Text, Action? Afterwards = null);

/// <summary>One step of a teardown, of a camera or of a connection; safe to repeat whole.</summary>
internal interface ITeardownStep
{
    /// <summary>Its stored name.</summary>
    string Name { get; }

    /// <summary>Does what may not be done under a lock: asks Ring, reads much, deletes in chunks.</summary>
    /// <param name="work">What is torn down.</param>
    /// <param name="keepAsync">To be called before each long part: makes the lease whole again.</param>
    /// <param name="cancellationToken">Stops between parts.</param>
    /// <returns>The rest, to be done in the transaction that also notes the step as done.</returns>
    Task<Func<CancellationToken, Task<StepResult>>> PrepareAsync(TeardownWork work, Func<CancellationToken, Task> keepAsync, CancellationToken cancellationToken);
}
