using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.State;

namespace RingPortal.Simulator.Page;

/// <summary>Reads what the main page shows.</summary>
internal sealed class RingAppQueries(
    AccountBook accounts, CallLedger calls, FaultPlan faults, RingSettings settings, SimulatorClock clock, RingStore store)
{
    private const int FirstCalls = 60;

    public RingAppView Read(string key) => new(
        accounts[key],
        accounts.Integration(key),
        [.. accounts.All.Select(account => (account, accounts.Integration(account.Key)))],
        [.. calls.After().TakeLast(FirstCalls)],
        faults.Planned,
        settings,
        clock.Offset,
        store.Version,
        calls.After().LastOrDefault(call => call.Operation == RingOperation.TokenExchange && call.Account == key));
}
