using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Signing;
using RingPortal.Simulator.State;

namespace RingPortal.Simulator.Live;

/// <summary>The live sessions that are open at Ring: they end by DELETE, by time, or with their device.</summary>
public sealed class LiveSessions
{
    private readonly RingStore store;
    private readonly SimulatorClock clock;
    private readonly Lock gate = new();
    private readonly Dictionary<string, LiveSession> sessions = [];

    internal LiveSessions(RingStore store, SimulatorClock clock) => (this.store, this.clock) = (store, clock);

    /// <summary>All that are open now, oldest first.</summary>
    public IReadOnlyList<LiveSession> Opened
    {
        get
        {
            lock (gate)
            {
                foreach (var over in sessions.Values.Where(one => !IsAlive(one)).ToList())
                    sessions.Remove(over.Id);

                return [.. sessions.Values.OrderBy(one => one.OpenedAt)];
            }
        }
    }

    /// <summary>The cloud's own address.</summary>
    internal Uri BaseAddress { get; set; } = new("http://localhost");

    /// <summary>Opens a session: 30 seconds of a battery camera, 60 of the others (contract 8.1).</summary>
    /// <exception cref="KeyNotFoundException">The account has no such device that the partner may see.</exception>
    public LiveSession Open(string accountKey, string deviceId) => Open(accountKey, deviceId, BaseAddress);

    internal LiveSession Open(string accountKey, string deviceId, Uri cloud)
    {
        var device = store.Read(state => state.Accounts[accountKey].Visible.FirstOrDefault(one => one.Id == deviceId))
            ?? throw new KeyNotFoundException($"{accountKey} shares no device {deviceId}.");
        var now = clock.GetUtcNow();
        var id = Secret.New("whep-");
        var location = new Uri(cloud, $"/v1/devices/{Uri.EscapeDataString(deviceId)}/media/streaming/whep/sessions/{id}");
        var session = new LiveSession(id, accountKey, deviceId, now, now.AddSeconds(device.Model == DeviceModel.BatteryCamera ? 30 : 60), location);
        lock (gate)
            sessions.Add(id, session);

        return session;
    }

    /// <summary>Ends a session; tells whether it was open.</summary>
    internal bool Close(string accountKey, string deviceId, string id)
    {
        lock (gate)
        {
            return sessions.TryGetValue(id, out var session)
                && session.AccountKey == accountKey
                && session.DeviceId == deviceId
                && sessions.Remove(id)
                && IsAlive(session);
        }
    }

    private bool IsAlive(LiveSession session) =>
        session.EndsAt > clock.GetUtcNow()
        && store.Read(state => state.Accounts[session.AccountKey].Visible.Any(device => device.Id == session.DeviceId));
}
