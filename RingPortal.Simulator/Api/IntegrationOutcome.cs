using RingPortal.Simulator.Accounts;

namespace RingPortal.Simulator.Api;

/// <summary>What the integration desk answers (contract 3.4, 3.5).</summary>
internal abstract record IntegrationOutcome
{
    private IntegrationOutcome()
    {
    }

    public sealed record Changed(Installation Installation, bool JustCompleted) : IntegrationOutcome;

    public sealed record InvalidNonce(string Why) : IntegrationOutcome;

    public sealed record InvalidTransition(string Why) : IntegrationOutcome;

    public sealed record NotFound : IntegrationOutcome;
}
