using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Deliveries;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Live;
using RingPortal.Simulator.Plans;
using RingPortal.Simulator.State;

namespace RingPortal.Simulator.Page;

/// <summary>Reads what the main page shows.</summary>
internal sealed class RingAppQueries(
    AccountBook accounts,
    CallLedger calls,
    FaultPlan faults,
    RingSettings settings,
    SimulatorClock clock,
    RingStore store,
    PlanBook plans,
    LiveSessions sessions,
    DayDesk days,
    DeliveryLog log,
    DeliveryEngine engine,
    DeadLetters dead)
{
    private const int FirstCalls = 60;
    private const int NewestDeliveries = 50;

    /// <summary>Grows whenever the page has to be drawn anew.</summary>
    public long Version => store.Version + log.Version;

    public RingAppView Read(string key)
    {
        var version = Version;
        return new(
            accounts[key],
            accounts.Integration(key),
            [.. accounts.All.Select(account => (account, accounts.Integration(account.Key)))],
            [.. calls.After().TakeLast(FirstCalls)],
            faults.Planned,
            settings,
            clock.Offset,
            version,
            calls.After().LastOrDefault(call => call.Operation == RingOperation.TokenExchange && call.Account == key))
        {
            Day = days[key],
            Plans = plans.Of(key),
            Sessions = [.. sessions.History.Where(one => one.AccountKey == key && one.ClosedBy is null)],
            Deliveries = log.Find(new() { Limit = NewestDeliveries }),
            Fates = Enum.GetValues<DeliveryFate>().ToDictionary(fate => fate, fate => log.Count(fate: fate)),
            Held = engine.Held,
            Dead = [.. dead.Numbers.Select(number => log[number]).OfType<DeliveryRecord>()],
        };
    }
}
