using RingPortal.Simulator.Backend;
using RingPortal.Simulator.State;

namespace RingPortal.Simulator.Accounts;

/// <summary>The Ring users, their devices, and what the partner's app is to them.</summary>
public sealed class AccountBook
{
    private readonly RingStore store;
    private readonly WebhookSender webhooks;

    internal AccountBook(RingStore store, WebhookSender webhooks) => (this.store, this.webhooks) = (store, webhooks);

    /// <summary>All users.</summary>
    public IReadOnlyList<RingAccount> All => store.Read(state => state.Accounts.Values.ToList());

    /// <summary>One user.</summary>
    /// <exception cref="KeyNotFoundException">Nobody has this key.</exception>
    public RingAccount this[string key] => store.Read(state => state.Accounts[key]);

    /// <summary>Whether somebody has this key.</summary>
    public bool Knows(string? key) => key is not null && store.Read(state => state.Accounts.ContainsKey(key));

    /// <summary>Adds a user, or replaces the one with the same key.</summary>
    public void Put(RingAccount account) => store.Change(state => state.Accounts[account.Key] = account);

    /// <summary>The newest installation of the partner's app, <see langword="null"/> when it was never installed.</summary>
    public Installation? Integration(string key) => store.Read(state => state.NewestInstallation(key));

    /// <summary>Shares exactly these devices; tells the partner about each change when the app is installed.</summary>
    public void Share(string key, IReadOnlyCollection<string> deviceIds) => Change(
        key,
        device => device with { Shared = deviceIds.Contains(device.Id) },
        (before, after) => before.Shared == after.Shared ? null : after.Shared ? "device_added" : "device_removed");

    /// <summary>Turns a device on or off; tells the partner when it is shared and the app is installed.</summary>
    public void SetOnline(string key, string deviceId, bool online) => Change(
        key,
        device => device.Id == deviceId ? device with { Online = online } : device,
        (before, after) => before.Online == after.Online || !after.Shared ? null : after.Online ? "device_online" : "device_offline");

    private void Change(string key, Func<RingDevice, RingDevice> edit, Func<RingDevice, RingDevice, string?> eventOf)
    {
        var (changes, tell) = store.Change(state =>
        {
            var account = state.Accounts[key];
            var after = account.Devices.Select(edit).ToList();
            state.Accounts[key] = account with { Devices = after };
            var installed = state.NewestInstallation(key) is { Status: not IntegrationStatus.Removed };
            return (account.Devices.Zip(after).ToList(), installed);
        });
        if (!tell)
            return;

        foreach (var (before, after) in changes)
        {
            if (eventOf(before, after) is { } type)
                _ = webhooks.DeviceAsync(key, after, type);
        }
    }
}
