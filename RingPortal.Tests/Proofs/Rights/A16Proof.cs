using System.Net;
using RingPortal.Tests.Account;
using RingPortal.Tests.Conventions;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;
using RingPortal.Tests.Rights;

namespace RingPortal.Tests.Proofs.Rights;

/// <summary>
/// A16: the operator's desk and each sub-route of the jobs' dashboard open to staff with a second factor alone, behind a proxy on
/// the same machine, where everybody's connection comes from loopback.
/// </summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "A16")]
public sealed class A16Proof
{
    private const string Session = "__Host-rp-session";

    [Fact]
    public async Task The_Desk_Opens_To_Nobody_Who_Only_Says_So()
    {
        await using var world = await ProofWorld.StartAsync("A16", new ProofShape { Households = (0, 0), Seeded = false });
        await using var services = new ProofServices(world);
        var routes = services.Routes.Where(StaffCrowd.IsDesk).ToList();
        var dashboard = DashboardTests.SubRoutes();
        Assert.True(routes.Count > 15 && dashboard.Count(route => route.IsAct) > 10 && dashboard.Count > 30, $"{routes.Count} addresses and {dashboard.Count} sub-routes were found");
        var calls = 0;
        foreach (var portal in world.Portals)
        {
            Visitor Open() => new(ProxiedBrowser.Open(portal.Address));
            using var crowd = await StaffCrowd.GatherAsync(Open, world.Cluster.ExecuteAsync, () => StaleAsync(portal, world, services));
            foreach (var route in routes)
            {
                await crowd.TryAsync(route);
            }

            foreach (var (path, isAct) in dashboard)
            {
                await crowd.TryFromOutsideAsync("GET", path);
                await crowd.TryFromOutsideAsync("POST", path);
                if (isAct)
                {
                    await RefusedAsync(crowd, path);
                }
            }

            Findings.None(crowd.Findings);
            calls += crowd.Calls;
        }

        Assert.Equal(0, await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM audit_records WHERE action = 'job.dashboard'"));
        ProofFiles.Figure("A16", $"{routes.Count} addresses of the desk and {dashboard.Count} sub-routes of the dashboard × nobody, a consumer, staff without a second factor, Support, an administrator with an old one and with a fresh one, all saying that they come from 127.0.0.1, at {world.Portals.Count} instances behind a proxy on the same machine: {calls} answers, 0 that open to who may not, 0 jobs changed");
    }

    /// <summary>Nothing is changed there by Support, by an old second factor, or from another site, which knows no token.</summary>
    private static async Task RefusedAsync(StaffCrowd crowd, string path)
    {
        foreach (var (who, visitor) in new[] { ("support", crowd.Support.Browser), ("admin, stale", crowd.Stale.Browser), ("admin without the page's token", crowd.Admin.Browser) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([new("jobs[]", "1")]) };
            using var answer = await visitor.SendAsync(request);
            if (answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed))
            {
                crowd.Findings.Add($"POST {path} as {who}: {(int)answer.StatusCode}");
            }
        }
    }

    private static async Task<StaffPerson> StaleAsync(ProofPortal portal, ProofWorld world, ProofServices services)
    {
        var cookies = new Dictionary<string, string>();
        var person = await StaffCast.ArriveAsync(() => new Visitor(ProxiedBrowser.Open(portal.Address, cookies)), world.Cluster.ExecuteAsync);
        await person.Browser.GetAsync("/Account");
        cookies[Session] = SessionAge.StepBack(services.All, cookies[Session], TimeSpan.FromMinutes(16));
        return person;
    }
}
