using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Deliveries;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Live;
using RingPortal.Simulator.Plans;

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

    /// <summary>The account's day that is played or was played last.</summary>
    public PlayedDay? Day { get; init; }

    /// <summary>The account's plans, oldest first.</summary>
    public required IReadOnlyList<RingPlan> Plans { get; init; }

    /// <summary>The account's live sessions that are open.</summary>
    public required IReadOnlyList<LiveSessionRecord> Sessions { get; init; }

    /// <summary>The newest events of all accounts.</summary>
    public required IReadOnlyList<DeliveryRecord> Deliveries { get; init; }

    /// <summary>How many events had each fate so far.</summary>
    public required IReadOnlyDictionary<DeliveryFate, int> Fates { get; init; }

    /// <summary>How many events are held back to be shuffled.</summary>
    public required int Held { get; init; }

    /// <summary>What can be replayed, oldest first.</summary>
    public required IReadOnlyList<DeliveryRecord> Dead { get; init; }
}
