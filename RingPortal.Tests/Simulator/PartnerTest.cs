using RingPortal.Simulator.Deliveries;
using RingPortal.Simulator.Hosting;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Simulator;

/// <summary>A cloud and a partner that listens to it, of their own for each test.</summary>
public abstract class PartnerTest : IAsyncLifetime
{
    protected const string FrontDoor = "ava1.ring.device.DEMOFRONTDOOR01";
    protected const string Backyard = "ava1.ring.device.DEMOBACKYARD02";
    protected static readonly TimeSpan Soon = TimeSpan.FromSeconds(20) * Eventually.Patience;

    private protected RingCloudOptions Options { get; } = RingCloudOptions.ForTests();

    private protected TinyPartner Partner { get; private set; } = null!;

    private protected RingCloud Cloud { get; private set; } = null!;

    private protected IReadOnlyList<Received> Events => Partner.To("/ring/webhook");

    public async Task InitializeAsync()
    {
        Partner = await TinyPartner.StartAsync();
        Cloud = await RingCloud.StartAsync(Options);
        Cloud.Settings.PortalUrl = Partner.Address;
    }

    public async Task DisposeAsync()
    {
        await Cloud.DisposeAsync();
        await Partner.DisposeAsync();
    }

    private protected Task InstallAsync(string account) => Cloud.InstallAsync(account, new() { WithoutEvents = true, WithoutExchange = true });

    private protected async Task<IReadOnlyList<string>> TypesAsync()
    {
        await Cloud.WhenEventsDeliveredAsync();
        return [.. Events.Select(call => (string)call.Json["data"]!["type"]!)];
    }

    private protected void Change(Func<WebhookSettings, WebhookSettings> change) => Cloud.Settings.Webhooks = change(Cloud.Settings.Webhooks);
}
