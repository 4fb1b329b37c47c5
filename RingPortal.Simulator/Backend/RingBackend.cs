using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.OAuth;
using RingPortal.Simulator.Signing;
using RingPortal.Simulator.State;

namespace RingPortal.Simulator.Backend;

/// <summary>What Ring's backend does when its user installs, signs in, shares or removes.</summary>
internal sealed class RingBackend(
    RingStore store, TokenDesk tokens, RingEvents events, PartnerClient client, RingCloudOptions options, RingSettings settings, CallLedger ledger, SimulatorClock clock)
{
    public async Task<InstallResult> InstallAsync(string accountKey, InstallOptions install, CancellationToken cancellationToken)
    {
        var variant = install.BodyVariant ?? settings.BodyVariant;
        var verifier = variant == BodyVariant.V10Verifier ? Secret.New("") : null;
        var installation = Register(accountKey, install.ShareDevices);
        var devicesFirst = (install.DeviceOrder ?? settings.DeviceOrder) == DeviceOrder.BeforeExchange;
        if (devicesFirst && !install.WithoutEvents)
            await Task.WhenAll(TellDevices(accountKey, RingEventTypes.DeviceAdded).Select(one => one.Attempted));

        var code = tokens.IssueCode(installation, verifier);
        var status = 0;
        if (!install.WithoutExchange)
        {
            using var request = CodeRequest.Build(variant, settings.Partner(options.TokenExchange), code, verifier);
            status = (await client.SendAsync(request, RingOperation.TokenExchange, accountKey, $"code {Secret.Hint(code)} as {variant}", cancellationToken)).Status;
        }

        if (!devicesFirst && !install.WithoutEvents)
            TellDevices(accountKey, RingEventTypes.DeviceAdded);

        return new InstallResult(status, code, verifier);
    }

    /// <summary>The address to which Ring redirects the browser when the user taps "Sign in".</summary>
    public Uri BeginLink(string accountKey, DateTimeOffset? at)
    {
        var issuedAt = at ?? clock.GetUtcNow();
        var time = issuedAt.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var nonce = store.Change(state =>
        {
            var nonce = LinkNonce.Compute(settings.HmacKey, time, state.Accounts[accountKey].AccountId);
            state.Links.Add(new IssuedLink(accountKey, time, Secret.Hash(nonce), issuedAt, false));
            return nonce;
        });
        ledger.Add(new RecordedCall(
            0, clock.GetUtcNow(), true, RingOperation.AccountLink, accountKey, "GET", options.AccountLink, 302, TimeSpan.Zero, $"browser sent with nonce {Secret.Hint(nonce)}", false));
        return new UriBuilder(settings.Partner(options.AccountLink)) { Query = $"nonce={nonce}&time={time}" }.Uri;
    }

    /// <summary>The user removes the app under My Apps.</summary>
    public void Uninstall(string accountKey, bool sendEvent, bool revoke, bool sendDeviceEvents)
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

        if (sendDeviceEvents)
            TellDevices(accountKey, RingEventTypes.DeviceRemoved);

        if (sendEvent)
            events.Send(accountKey, RingEventTypes.AppIntegrationRemoved);
    }

    private string Register(string accountKey, IReadOnlyCollection<string>? share) => store.Change(state =>
    {
        var account = state.Accounts[accountKey];
        if (share is not null)
            account = account with { Devices = [.. account.Devices.Select(device => device with { Shared = share.Contains(device.Id) })] };

        // Installing asks for consent, and it is given for everything that is shared.
        state.Accounts[accountKey] = account with { Devices = [.. account.Devices.Select(device => device with { Permitted = device.Permitted || device.Shared })] };
        var now = clock.GetUtcNow();
        var installation = new Installation { Id = Guid.CreateVersion7().ToString(), AccountKey = accountKey, InstalledAt = now, UpdatedAt = now };
        state.Installations.Add(installation.Id, installation);
        return installation.Id;
    });

    private List<SentEvent> TellDevices(string accountKey, string type) =>
        [.. store.Read(state => state.Accounts[accountKey].Visible).Select(device => events.Send(accountKey, type, device.Id))];
}
