using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.State;

namespace RingPortal.Simulator.Plans;

/// <summary>The subscriptions of the Ring users. While the app is installed, the partner is told what changes.</summary>
public sealed class PlanBook
{
    /// <summary>The partner's two paid plans.</summary>
    private static readonly string[] PaidPlans = ["6b0f7a52-3c1d-4e7b-9a44-0d5c2f8e1b63", "c2a4d1f0-58be-4f0e-b1d7-7e90aa3c6d15"];

    private readonly RingStore store;
    private readonly EventFactory factory;
    private readonly RingEvents events;
    private readonly SimulatorClock clock;
    private readonly Lock inOrder = new();

    internal PlanBook(RingStore store, EventFactory factory, RingEvents events, SimulatorClock clock) =>
        (this.store, this.factory, this.events, this.clock) = (store, factory, events, clock);

    /// <summary>An account's subscriptions, oldest first.</summary>
    public IReadOnlyList<RingPlan> Of(string accountKey) => store.Read(state => state.Plans.Where(plan => plan.AccountKey == accountKey).ToList());

    /// <summary>Adds a subscription, or replaces the one with the same id. Nobody is told.</summary>
    public void Put(RingPlan plan) => store.Change(state =>
    {
        var index = state.Plans.FindIndex(one => one.Id == plan.Id);
        if (index < 0)
            state.Plans.Add(plan);
        else
            state.Plans[index] = plan;

        return plan;
    });

    /// <summary>Starts a paid plan or a trial, on all visible devices when none is named. A second trial resumes the first.</summary>
    public RingPlan Start(string accountKey, PlanKind kind, IReadOnlyList<string>? deviceIds = null, EventOptions? options = null)
    {
        lock (inOrder)
        {
            var account = store.Read(state => state.Accounts[accountKey]);
            var trial = kind == PlanKind.Trial ? Of(accountKey).FirstOrDefault(plan => plan.Kind == PlanKind.Trial) : null;
            var fresh = trial ?? new RingPlan
            {
                Id = $"{(kind == PlanKind.Trial ? "trial" : "sub")}-{Guid.NewGuid():N}",
                AccountKey = accountKey,
                Kind = kind,
                PlanId = kind == PlanKind.Trial ? null : PaidPlans[0],
                CreatedAt = clock.GetUtcNow(),
                ExpiresAt = default,
                DeviceIds = [],
            };
            return Activate(fresh with { DeviceIds = deviceIds ?? [.. account.Visible.Select(device => device.Id)] }, options);
        }
    }

    /// <summary>Renews, reactivates or resumes.</summary>
    public RingPlan Renew(string id, EventOptions? options = null)
    {
        lock (inOrder)
            return Activate(Get(id), options);
    }

    /// <summary>Ends: cancelled, payment failed, expired.</summary>
    public RingPlan End(string id, EventOptions? options = null)
    {
        lock (inOrder)
            return Deactivate(Get(id), options);
    }

    /// <summary>Turns a trial into a paid plan, or one paid plan into the other: the new one begins, then the old one ends.</summary>
    public RingPlan Switch(string id)
    {
        lock (inOrder)
        {
            var old = Get(id);
            var now = clock.GetUtcNow();
            var next = Activate(old with { Id = $"sub-{Guid.NewGuid():N}", Kind = PlanKind.Paid, PlanId = PaidPlans.First(plan => plan != old.PlanId), CreatedAt = now }, null);
            Deactivate(old, null);
            return next;
        }
    }

    /// <summary>The user cancels the Ring plan of a device, which ends every subscription for this device; tells how many.</summary>
    public int CancelRingPlan(string accountKey, string deviceId)
    {
        lock (inOrder)
        {
            var covering = Of(accountKey).Where(plan => plan.Active && plan.DeviceIds.Contains(deviceId)).ToList();
            foreach (var plan in covering)
            {
                var rest = plan.DeviceIds.Where(id => id != deviceId).ToList();
                Put(rest.Count == 0 ? plan with { Active = false } : plan with { DeviceIds = rest });
                Tell(plan, activated: false, [deviceId], null);
            }

            return covering.Count;
        }
    }

    /// <summary>Sends an event of a subscription without changing it.</summary>
    public SentEvent Send(string id, bool activated, IReadOnlyList<string>? deviceIds = null, EventOptions? options = null) =>
        Deliver(Get(id), activated, deviceIds, options ?? new());

    private RingPlan Get(string id) => store.Read(state => state.Plans.First(plan => plan.Id == id));

    private RingPlan Activate(RingPlan plan, EventOptions? options)
    {
        var days = plan.Kind == PlanKind.Trial ? 14 : 30;
        var active = plan with { Active = true, ExpiresAt = new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(days) };
        Put(active);
        Tell(active, activated: true, null, options);
        return active;
    }

    private RingPlan Deactivate(RingPlan plan, EventOptions? options)
    {
        var ended = plan with { Active = false };
        Put(ended);
        Tell(ended, activated: false, null, options);
        return ended;
    }

    private void Tell(RingPlan plan, bool activated, IReadOnlyList<string>? deviceIds, EventOptions? options)
    {
        if (store.Read(state => state.NewestInstallation(plan.AccountKey)) is { Status: not IntegrationStatus.Removed })
            Deliver(plan, activated, deviceIds, options ?? new());
    }

    private SentEvent Deliver(RingPlan plan, bool activated, IReadOnlyList<string>? deviceIds, EventOptions options)
    {
        var accountId = store.Read(state => state.Accounts[plan.AccountKey].AccountId);
        var one = factory.OfPlan(accountId, plan, activated, deviceIds ?? plan.DeviceIds, options);
        return events.Deliver(plan.AccountKey, one, $"{one.Type} {plan.Wire}", options);
    }
}
