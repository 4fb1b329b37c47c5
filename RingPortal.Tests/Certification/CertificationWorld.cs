using Microsoft.Extensions.DependencyInjection;
using RingPortal.Simulator.Hosting;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;
using RingPortal.Web.Features.Certification.Checks;

namespace RingPortal.Tests.Certification;

/// <summary>A healthy portal behind a front that tests break, with Ring, as it stands before a submission.</summary>
public sealed class CertificationWorld : IAsyncLifetime
{
    public TestDatabase Database { get; private set; } = null!;

    public RingCloud Ring { get; private set; } = null!;

    public Front Front { get; private set; } = null!;

    public PortalHost Portal { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        Ring = await RingCloud.StartAsync(RingCloudOptions.ForTests());
        Front = await Front.StartAsync();
        Portal = await StartAsync([]);
        Front.Portal = Portal.BaseAddress;
        await LinkWorld.ReadyAsync(Portal);
    }

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Front.DisposeAsync();
        await Ring.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Runs one check of a portal; this world's own unless another is given.</summary>
    internal async Task<CheckFinding> RunAsync(string item, PortalHost? portal = null)
    {
        await using var scope = (portal ?? Portal).Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetServices<ICertificationCheck>().Single(check => check.Item == item).RunAsync(CancellationToken.None);
    }

    /// <summary>Runs one check of a portal that is set up otherwise and not started: such checks need no network.</summary>
    internal async Task<CheckFinding> RunWithAsync(string item, params (string Key, string? Value)[] settings)
    {
        await using var portal = PortalHost.Compose(Database, Ring, Settings(settings));
        return await RunAsync(item, portal);
    }

    private Task<PortalHost> StartAsync((string Key, string? Value)[] settings) => PortalHost.StartAsync(Database, Ring, Settings(settings));

    private Dictionary<string, string?> Settings((string Key, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Portal:PublicUrl"] = Front.Address.GetLeftPart(UriPartial.Authority),
            ["Portal:SupportEmail"] = "help@example.org",
            ["Listing:Name"] = "Fairview",
            ["Listing:Description"] = "Shows live video and events of the cameras that people share.",
            ["Listing:Tags:0"] = "home",
            ["Listing:Features:0"] = "live view",
            ["Listing:Scopes:0"] = "ava.devices",
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return all;
    }
}
