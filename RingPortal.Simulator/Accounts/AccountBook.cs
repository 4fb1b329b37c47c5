using RingPortal.Simulator.Events;
using RingPortal.Simulator.State;

namespace RingPortal.Simulator.Accounts;

/// <summary>The Ring users, their devices, and what the partner's app is to them. While it is installed, the partner is told what changes.</summary>
public sealed class AccountBook
{
    private readonly RingStore store;
    private readonly RingEvents events;
    private readonly Lock inOrder = new();

    internal AccountBook(RingStore store, RingEvents events) => (this.store, this.events) = (store, events);

    /// <summary>All users.</summary>
    public IReadOnlyList<RingAccount> All => store.Read(state => state.Accounts.Values.ToList());

    /// <summary>One user.</summary>
    /// <exception cref="KeyNotFoundException">Nobody has this key.</exception>
    public RingAccount this[string key] => store.Read(state => state.Accounts[key]);

    /// <summary>Whether somebody has this key.</summary>
    public bool Knows(string? key) => key is not null && store.Read(state => state.Accounts.ContainsKey(key));

    /// <summary>Adds a user, or replaces the one with the same key. Nobody is told.</summary>
    public void Put(RingAccount account) => store.Change(state => state.Accounts[account.Key] = account);

    /// <summary>The newest installation of the partner's app, <see langword="null"/> when it was never installed.</summary>
    public Installation? Integration(string key) => store.Read(state => state.NewestInstallation(key));

    /// <summary>Shares exactly these devices.</summary>
    public void Share(string key, IReadOnlyCollection<string> deviceIds) =>
        Change(key, devices => devices.Select(device => device with { Shared = deviceIds.Contains(device.Id) }));

    /// <summary>Turns a device on or off.</summary>
    public void SetOnline(string key, string deviceId, bool online, EventOptions? options = null) =>
        Change(key, devices => devices.Select(device => device.Id == deviceId ? device with { Online = online } : device), options);

    /// <summary>Takes a device from the partner; it answers 404 from now on.</summary>
    public void RemoveDevice(string key, string deviceId, RemovalCause cause, EventOptions? options = null) => Change(
        key,
        devices => cause switch
        {
            RemovalCause.DeletedAtRing => devices.Where(device => device.Id != deviceId),
            RemovalCause.PermissionRevoked => devices.Select(device => device.Id == deviceId ? device with { Permitted = false } : device),
            _ => devices.Select(device => device.Id == deviceId ? device with { Shared = false } : device),
        },
        options);

    /// <summary>Shares and permits a device again.</summary>
    public void ReturnDevice(string key, string deviceId, EventOptions? options = null) =>
        Change(key, devices => devices.Select(device => device.Id == deviceId ? device with { Shared = true, Permitted = true } : device), options);

    /// <summary>The user sets up a new device, or a deleted one anew.</summary>
    public void AddDevice(string key, RingDevice device, EventOptions? options = null) =>
        Change(key, devices => devices.Where(one => one.Id != device.Id).Append(device), options);

    private void Change(string key, Func<IEnumerable<RingDevice>, IEnumerable<RingDevice>> edit, EventOptions? options = null)
    {
        // Events leave in the order of the changes, so that their times tell the present state.
        lock (inOrder)
            Tell(key, edit, options);
    }

    private void Tell(string key, Func<IEnumerable<RingDevice>, IEnumerable<RingDevice>> edit, EventOptions? options)
    {
        var (before, after, installed) = store.Change(state =>
        {
            var account = state.Accounts[key];
            List<RingDevice> devices = [.. edit(account.Devices)];
            state.Accounts[key] = account with { Devices = devices };
            return (account.Devices, devices, state.NewestInstallation(key) is { Status: not IntegrationStatus.Removed });
        });
        if (!installed)
            return;

        foreach (var id in before.Concat(after).Select(device => device.Id).Distinct())
        {
            var known = before.FirstOrDefault(device => device.Id == id);
            if (EventOf(known, after.Find(device => device.Id == id)) is { } type)
                events.Send(key, type, id, options, known?.Name);
        }
    }

    private static string? EventOf(RingDevice? before, RingDevice? after) => (before is { Visible: true }, after is { Visible: true }) switch
    {
        (false, true) => RingEventTypes.DeviceAdded,
        (true, false) => RingEventTypes.DeviceRemoved,
        (true, true) when before!.Online != after!.Online => after.Online ? RingEventTypes.DeviceOnline : RingEventTypes.DeviceOffline,
        _ => null,
    };
}
