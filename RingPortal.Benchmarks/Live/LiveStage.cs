using System.Globalization;
using RingPortal.Benchmarks.Feed;
using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Live;

/// <summary>One portal, Ring and a browser, as they are in a production but on one machine.</summary>
internal sealed class LiveStage : IAsyncDisposable
{
    private LiveStage(BenchmarkCluster cluster, Ring ring, Server portal, Chromium browser, int secure) =>
        (Cluster, Ring, Portal, Browser, Origin) = (cluster, ring, portal, browser, string.Create(CultureInfo.InvariantCulture, $"https://localhost:{secure}"));

    public BenchmarkCluster Cluster { get; }

    public Ring Ring { get; }

    public Server Portal { get; }

    public Chromium Browser { get; }

    /// <summary>Where browsers find the portal.</summary>
    public string Origin { get; }

    public static async Task<LiveStage> StartAsync(string folder, string database)
    {
        var (ringPort, secure) = (Server.FreePort(), Server.FreePort());
        var cluster = await BenchmarkCluster.StartAsync(folder);
        var installed = await PublishedPortal.InstallAsync(cluster, folder, database, Ring.Settings(ringPort));
        var ring = await Ring.StartAsync(ringPort);
        var portal = await installed.StartAsync(secure);
        await ring.SendToAsync(portal.Port);
        return new LiveStage(cluster, ring, portal, await Chromium.StartAsync($"--ignore-certificate-errors-spki-list={PublishedPortal.KeyHash(folder)}"), secure);
    }

    public Task<LinkedPerson> LinkAsync(string key, int cameras) => LinkedPerson.LinkAsync(this, key, cameras);

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Portal.DisposeAsync();
        await Ring.DisposeAsync();
        await Cluster.DisposeAsync();
    }
}
