using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.History;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Signing;
using RingPortal.Simulator.State;

namespace RingPortal.Simulator.Live;

/// <summary>The live sessions at Ring: they end by DELETE, by time, or with their device.</summary>
public sealed class LiveSessions : IDisposable
{
    private const int KeptOver = 10_000;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    private readonly RingStore store;
    private readonly SimulatorClock clock;
    private readonly RingSettings settings;
    private readonly HistoryBook history;
    private readonly Lock gate = new();
    private readonly Dictionary<string, LiveEntry> open = [];
    private readonly Queue<LiveEntry> over = [];
    private readonly Timer timer;

    internal LiveSessions(RingStore store, SimulatorClock clock, RingSettings settings, HistoryBook history)
    {
        (this.store, this.clock, this.settings, this.history) = (store, clock, settings, history);
        timer = new Timer(_ => Sweep(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>All that are open now, oldest first.</summary>
    public IReadOnlyList<LiveSession> Opened
    {
        get
        {
            lock (gate)
            {
                EndWhatIsOver();
                return [.. open.Values.Select(entry => entry.Session).OrderBy(session => session.OpenedAt)];
            }
        }
    }

    /// <summary>All that ever were, the newest ten thousand of them, oldest first, with who ended them.</summary>
    public IReadOnlyList<LiveSessionRecord> History
    {
        get
        {
            lock (gate)
            {
                EndWhatIsOver();
                return [.. over.Concat(open.Values).Select(entry => entry.ToRecord()).OrderBy(record => record.OpenedAt)];
            }
        }
    }

    /// <summary>The cloud's own address.</summary>
    internal Uri BaseAddress { get; set; } = new("http://localhost");

    /// <summary>Opens a session without a picture: 30 seconds of a battery camera, 60 of the others (contract 8.1).</summary>
    /// <exception cref="KeyNotFoundException">The account has no such device that the partner may see.</exception>
    public LiveSession Open(string accountKey, string deviceId) => Open(accountKey, deviceId, BaseAddress);

    /// <inheritdoc />
    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
        {
            foreach (var entry in open.Values)
                entry.Stream?.Dispose();

            open.Clear();
        }
    }

    internal LiveSession Open(string accountKey, string deviceId, Uri cloud, Func<RingDevice, LiveSession, LiveStream>? play = null)
    {
        var device = Find(accountKey, deviceId) ?? throw new KeyNotFoundException($"{accountKey} shares no device {deviceId}.");
        var wanted = settings.Live;
        var now = clock.GetUtcNow();
        var id = Secret.New("whep-");
        var location = new Uri(cloud, $"/v1/devices/{Uri.EscapeDataString(deviceId)}/media/streaming/whep/sessions/{id}");
        var limit = wanted.LimitSeconds ?? (device.Model == DeviceModel.BatteryCamera ? 30 : 60);
        var session = new LiveSession(id, accountKey, deviceId, now, now.AddSeconds(limit), location);
        lock (gate)
        {
            EndWhatIsOver();
            var others = open.Values.Count(entry => entry.Session.AccountKey == accountKey && entry.Session.DeviceId == deviceId);
            var happening = history.Begin(accountKey, deviceId, now);
            open.Add(id, new LiveEntry(session, happening, others + 1, wanted.EndAfter) { Stream = play?.Invoke(device, session) });
            timer.Change(Beat, Beat);
        }

        store.Touch();
        return session;
    }

    /// <summary>Ends a session; tells whether it was open.</summary>
    internal bool Close(string accountKey, string deviceId, string id)
    {
        lock (gate)
        {
            EndWhatIsOver();
            var entry = open.GetValueOrDefault(id) ?? over.FirstOrDefault(one => one.Session.Id == id);
            if (entry is null || entry.Session.AccountKey != accountKey || entry.Session.DeviceId != deviceId)
                return false;

            entry.Deletes++;
            if (entry.ClosedBy is not null)
                return false;

            End(entry, LiveEnd.Deleted, clock.GetUtcNow());
            return true;
        }
    }

    /// <summary>The device as it is now, when the partner may see it.</summary>
    internal RingDevice? Find(string accountKey, string deviceId) =>
        store.Read(state => state.Accounts[accountKey].Visible.FirstOrDefault(one => one.Id == deviceId));

    private void Sweep()
    {
        lock (gate)
            EndWhatIsOver();
    }

    private void EndWhatIsOver()
    {
        var now = clock.GetUtcNow();
        foreach (var entry in open.Values.ToList())
        {
            if (Find(entry.Session.AccountKey, entry.Session.DeviceId) is null)
                End(entry, LiveEnd.DeviceGone, now);
            else if (entry.EndsEarlyAt <= now && entry.EndsEarlyAt < entry.Session.EndsAt)
                End(entry, LiveEnd.EndedEarly, entry.EndsEarlyAt.Value);
            else if (entry.Session.EndsAt <= now)
                End(entry, LiveEnd.TimeLimit, entry.Session.EndsAt);
        }
    }

    private void End(LiveEntry entry, LiveEnd by, DateTimeOffset at)
    {
        open.Remove(entry.Session.Id);
        entry.Close(by, at);
        over.Enqueue(entry);
        if (over.Count > KeptOver)
            over.Dequeue();

        if (open.Count == 0)
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        store.Touch();
        history.Finish(entry.Happening, at);
    }
}
