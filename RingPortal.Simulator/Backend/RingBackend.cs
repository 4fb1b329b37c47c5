using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.OAuth;
using RingPortal.Simulator.Signing;
using RingPortal.Simulator.State;

namespace RingPortal.Simulator.Backend;

/// <summary>What Ring's backend does when its user installs, signs in, shares or removes.</summary>
internal sealed class RingBackend(
    RingStore store, TokenDesk tokens, WebhookSender webhooks, PartnerClient client, RingCloudOptions options, RingSettings settings, CallLedger ledger, SimulatorClock clock)
{
    public async Task<InstallResult> InstallAsync(string accountKey, InstallOptions install, CancellationToken cancellationToken)
    {
        var variant = install.BodyVariant ?? settings.BodyVariant;
        var verifier = variant == BodyVariant.V10Verifier ? Secret.New("") : null;
        var installation = Register(accountKey, install.ShareDevices);
        var devicesFirst = (install.DeviceOrder ?? settings.DeviceOrder) == DeviceOrder.BeforeExchange;
        if (devicesFirst && !install.WithoutEvents)
            await AnnounceDevicesAsync(accountKey);

        var code = tokens.IssueCode(installation, verifier);
        var status = 0;
        if (!install.WithoutExchange)
        {
            using var request = CodeRequest.Build(variant, settings.Partner(options.TokenExchange), code, verifier);
            status = await client.SendAsync(request, RingOperation.TokenExchange, accountKey, $"code {Secret.Hint(code)} as {variant}", cancellationToken);
        }

        if (!devicesFirst && !install.WithoutEvents)
            _ = AnnounceDevicesAsync(accountKey);

        return new InstallResult(status, code, verifier);
    }

    /// <summary>The address to which Ring redirects the browser when the user taps "Sign in".</summary>
    public Uri BeginLink(string accountKey, DateTimeOffset? at)
    {
        var issuedAt = at ?? clock.GetUtcNow();
        var time = issuedAt.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var nonce = store.Change(state =>
        {
            var nonce = LinkNonce.Compute(options.HmacKey, time, state.Accounts[accountKey].AccountId);
            state.Links.Add(new IssuedLink(accountKey, time, Secret.Hash(nonce), issuedAt, false));
            return nonce;
        });
        ledger.Add(new RecordedCall(
            0, clock.GetUtcNow(), true, RingOperation.AccountLink, accountKey, "GET", options.AccountLink, 302, TimeSpan.Zero, $"browser sent with nonce {Secret.Hint(nonce)}", false));
        return new UriBuilder(settings.Partner(options.AccountLink)) { Query = $"nonce={nonce}&time={time}" }.Uri;
    }

    /// <summary>The user removes the app under My Apps.</summary>
    public void Uninstall(string accountKey, bool sendEvent, bool revoke)
    {
        store.Change(state =>
        {
            foreach (var (id, installation) in state.Installations)
            {
                if (installation.AccountKey == accountKey)
                    state.Installations[id] = installation with { Status = IntegrationStatus.Removed, UpdatedAt = clock.GetUtcNow() };
            }

            return true;
        });
        if (revoke)
            tokens.Revoke(accountKey);

        if (sendEvent)
            _ = webhooks.AccountAsync(accountKey, "app_integration_removed");
    }

    private string Register(string accountKey, IReadOnlyCollection<string>? share) => store.Change(state =>
    {
        var account = state.Accounts[accountKey];
        if (share is not null)
            state.Accounts[accountKey] = account with { Devices = [.. account.Devices.Select(device => device with { Shared = share.Contains(device.Id) })] };

        var now = clock.GetUtcNow();
        var installation = new Installation { Id = Guid.CreateVersion7().ToString(), AccountKey = accountKey, InstalledAt = now, UpdatedAt = now };
        state.Installations.Add(installation.Id, installation);
        return installation.Id;
    });

    private Task AnnounceDevicesAsync(string accountKey) => Task.WhenAll(
        store.Read(state => state.Accounts[accountKey].Devices.Where(device => device.Shared).ToList())
            .Select(device => webhooks.DeviceAsync(accountKey, device, "device_added")));
}
