using System.Diagnostics;
using System.Globalization;
using System.Net;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Operations;

/// <summary>V1: a database that is away or frozen, and a Ring that is away, take no portal out of the balancer; only the operators' address tells of them.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "V1")]
public sealed class V1Proof
{
    private const int Calls = 200;
    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Live_And_Ready_Answer_At_Once_Whatever_Is_Broken()
    {
        var management = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Take()}/"));
        await using var world = await ProofWorld.StartAsync("V1", new ProofShape
        {
            Portals = 1,
            Settings = new Dictionary<string, string> { ["Management__Urls"] = management.GetLeftPart(UriPartial.Authority) },
        });
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, new Uri(world.Addresses[0], "health/deps")));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, new Uri(world.Addresses[0], "metrics")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, new Uri(management, "health/deps")));

        await world.Cluster.FreezeAsync();
        var frozen = await MeasureAsync(client, world.Addresses[0]);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(client, new Uri(management, "health/deps")));
        world.Cluster.Thaw();
        await Eventually.TrueAsync(async () => await StatusAsync(client, new Uri(management, "health/deps")) == HttpStatusCode.OK, TimeSpan.FromSeconds(30), "the database answers again");
        await world.Cluster.StopAtOnceAsync();
        var stopped = await MeasureAsync(client, world.Addresses[0]);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(client, new Uri(management, "health/deps")));
        await world.Cluster.StartAsync();

        Assert.True(frozen.P99 <= s_limit && stopped.P99 <= s_limit, $"frozen {frozen}, stopped {stopped}");
        ProofFiles.Figure("V1", $"Ring away all the time; live and ready, {Calls} calls each: database frozen p99 {frozen.P99.TotalMilliseconds:0} ms, stopped p99 {stopped.P99.TotalMilliseconds:0} ms, 0 answers but 200; dependencies told on the operators' address alone");
    }

    private static async Task<Latencies> MeasureAsync(HttpClient client, Uri portal)
    {
        var times = new List<TimeSpan>();
        foreach (var path in Enumerable.Repeat<string[]>(["health/live", "health/ready"], Calls).SelectMany(pair => pair))
        {
            var started = Stopwatch.GetTimestamp();
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, new Uri(portal, path)));
            times.Add(Stopwatch.GetElapsedTime(started));
        }

        return new Latencies(times);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, Uri address)
    {
        using var answer = await client.GetAsync(address);
        return answer.StatusCode;
    }
}
