using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;

namespace RingPortal.Simulator.Page;

/// <summary>Everything that the main page shows.</summary>
public sealed record RingAppView(
    RingAccount Account,
    Installation? Integration,
    IReadOnlyList<(RingAccount Account, Installation? Integration)> Accounts,
    IReadOnlyList<RecordedCall> Calls,
    IReadOnlyList<Fault> Faults,
    RingSettings Settings,
    TimeSpan ClockOffset,
    long Version,
    RecordedCall? LastExchange)
{
    /// <summary>The app is installed, whether linked or not.</summary>
    public bool Installed => Integration is { Status: not IntegrationStatus.Removed };
}
