using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Signing;
using RingPortal.Simulator.State;

namespace RingPortal.Simulator.Api;

/// <summary>Keeps the state of the installations and judges the partner's POST and PATCH.</summary>
internal sealed class IntegrationDesk(RingStore store, RingCloudOptions options, RingSettings settings, SimulatorClock clock)
{
    /// <summary>POST: the nonce must be one that Ring issued to this account, be young and unused.</summary>
    public IntegrationOutcome Confirm(string installationId, string nonce, string? identifier) => store.Change<IntegrationOutcome>(state =>
    {
        var installation = state.Installations[installationId];
        if (installation.Status == IntegrationStatus.Removed)
            return new IntegrationOutcome.NotFound();

        var hash = Secret.Hash(nonce);
        var index = state.Links.FindIndex(link => link.NonceHash == hash && link.AccountKey == installation.AccountKey);
        if (index < 0)
            return new IntegrationOutcome.InvalidNonce("Ring issued no such nonce to this account.");

        var link = state.Links[index];
        if (link.Used)
            return new IntegrationOutcome.InvalidNonce("The nonce was used before.");

        if (clock.GetUtcNow() - link.IssuedAt > TimeSpan.FromSeconds(options.NonceSeconds))
            return new IntegrationOutcome.InvalidNonce("The nonce has expired.");

        state.Links[index] = link with { Used = true };
        return Save(state, installation, IntegrationStatus.Awaiting, identifier);
    });

    /// <summary>PATCH: completes, pauses, or only changes the shown name.</summary>
    public IntegrationOutcome Update(string installationId, IntegrationStatus? status, string? identifier) => store.Change<IntegrationOutcome>(state =>
    {
        var installation = state.Installations[installationId];
        if (installation.Status == IntegrationStatus.Removed)
            return new IntegrationOutcome.NotFound();

        if (status is not null && installation.Status == IntegrationStatus.Pending)
            return new IntegrationOutcome.InvalidTransition("The linking was not confirmed with a nonce yet.");

        if (status == IntegrationStatus.Completed && installation.Status == IntegrationStatus.Completed && settings.RefuseRepeatedCompleted)
            return new IntegrationOutcome.InvalidTransition("The integration is completed already.");

        return Save(state, installation, status ?? installation.Status, identifier);
    });

    private IntegrationOutcome.Changed Save(RingState state, Installation before, IntegrationStatus status, string? identifier)
    {
        var after = before with { Status = status, AccountIdentifier = identifier ?? before.AccountIdentifier, UpdatedAt = clock.GetUtcNow() };
        state.Installations[before.Id] = after;
        return new(after, status == IntegrationStatus.Completed && before.Status != IntegrationStatus.Completed);
    }
}
