using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.LiveView;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.LiveView;

/// <summary>A15: no live view is forgotten, whoever dies, and no offer hurts the relay.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "A15")]
public sealed class A15Proof
{
    private const int People = 10;
    private const int Offered = 10_000;
    private static readonly TimeSpan s_killed = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_ended = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>What reliability 4.4 allows.</summary>
    private static readonly HashSet<int> s_documented = [201, 400, 404, 409, 413, 415, 429, 502, 503, 504];

    [Fact]
    public async Task Every_Live_View_Ends_At_Ring_Once_Whatever_Happens()
    {
        await using var world = await ProofWorld.StartAsync("A15", new ProofShape { Ring = true, Seeded = false, Households = (People, 2) });
        // A picture for each would only warm the machine: signalling is what is proved here.
        await world.Ring.ChangeAsync("live", new { withoutMedia = true });
        var people = new List<Inhabitant>();
        foreach (var household in world.Mill.Households)
        {
            await ProofLinking.LinkAsync(world, household);
            people.Add(await InhabitantAsync(world, household));
        }

        var killed = await KilledAsync(world, people);
        var codes = await FuzzAsync(world, people);
        var ends = await EndsAsync(world, people);
        ProofFiles.Figure("A15", $"instance with {2 * People} live views killed: all closed at Ring after {killed.TotalSeconds:0.0} s, one effective DELETE each; {Offered} damaged offers over HTTP: {string.Join(", ", codes.OrderBy(code => code.Key).Select(code => $"{code.Value} × {code.Key}"))}; closed after offline {ends[0].TotalSeconds:0.0} s, removal {ends[1].TotalSeconds:0.0} s, unlink {ends[2].TotalSeconds:0.0} s");
    }

    /// <summary>Twenty views of one instance, which dies: the other ends them.</summary>
    private static async Task<TimeSpan> KilledAsync(ProofWorld world, IReadOnlyList<Inhabitant> people)
    {
        foreach (var person in people)
        {
            foreach (var camera in person.Cameras)
            {
                await person.Victim.WatchAsync(camera);
            }
        }

        Assert.Equal(2 * People, await OpenAsync(world));
        var since = Stopwatch.StartNew();
        await world.Portals[1].KillAsync();
        await Eventually.TrueAsync(async () => await OpenAsync(world) == 0, s_killed + s_patience, "Ring has nothing open");
        var took = since.Elapsed;
        var history = await HistoryAsync(world);
        Assert.Equal(2 * People, history.Count);
        Assert.All(history, session => Assert.Equal(("Deleted", 1), (session!["closedBy"]!.GetValue<string>(), session["deletes"]!.GetValue<int>())));
        Assert.True(took <= s_killed, $"Closed after {took}");
        Assert.Equal(0, await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM live_sessions WHERE closed_at IS NULL OR end_reason <> 'silent'"));
        await world.Portals[1].StartReadyAsync();
        return took;
    }

    private static async Task<IReadOnlyDictionary<int, int>> FuzzAsync(ProofWorld world, IReadOnlyList<Inhabitant> people)
    {
        var codes = new ConcurrentDictionary<int, int>();
        var seed = Random.Shared.Next();
        await Parallel.ForEachAsync(Enumerable.Range(0, People), async (number, token) =>
        {
            var (person, random) = (people[number], new Random(seed + number));
            for (var run = 0; run < Offered / People; run++)
            {
                var offer = run % 200 == 0 ? new byte[RingPortal.Web.Ring.RingClient.LargestSdp + 1] : SdpOfferTests.Mutate(random);
                using var answer = await person.Page.OfferAsync(person.Cameras[run % 2], offer, cancellationToken: token);
                codes.AddOrUpdate((int)answer.StatusCode, 1, (_, count) => count + 1);
                if (answer.StatusCode is HttpStatusCode.Created)
                {
                    Assert.Equal(HttpStatusCode.NoContent, await person.Page.StopAsync(answer.Headers.Location!));
                }
            }
        });
        Assert.True(codes.Keys.All(s_documented.Contains), $"seed {seed}: {string.Join(", ", codes.Keys)}");
        await Eventually.TrueAsync(async () => await OpenAsync(world) == 0, s_patience, "nothing is left open");
        Assert.DoesNotContain(await HistoryAsync(world), session => session!["deletes"]!.GetValue<int>() > 1 || session["openOnDevice"]!.GetValue<int>() > 1);
        return codes;
    }

    /// <summary>Offline, no longer shared, unlinked: closed within seconds.</summary>
    private static async Task<IReadOnlyList<TimeSpan>> EndsAsync(ProofWorld world, IReadOnlyList<Inhabitant> people)
    {
        var (offline, removed, unlinked) = (people[0], people[1], people[2]);
        return
        [
            await EndAsync(world, offline, () => world.Ring.PostAsync($"accounts/{offline.Household.Key}/devices/{offline.Household.DeviceIds[0]}/offline")),
            await EndAsync(world, removed, () => world.Ring.PostAsync($"accounts/{removed.Household.Key}/devices/{removed.Household.DeviceIds[0]}/take-out")),
            await EndAsync(world, unlinked, async () =>
            {
                using var answer = await unlinked.Page.PostAsync($"/Account/RingAccounts/{unlinked.Link}/Disconnect");
                Assert.True((int)answer.StatusCode < 400, $"{answer.StatusCode}");
            }),
        ];
    }

    private static async Task<TimeSpan> EndAsync(ProofWorld world, Inhabitant person, Func<Task> act)
    {
        await person.Page.WatchAsync(person.Cameras[0]);
        var since = Stopwatch.StartNew();
        await act();
        await Eventually.TrueAsync(async () => await OpenAsync(world) == 0, s_patience, "it is closed at Ring");
        var took = since.Elapsed;
        Assert.True(took <= s_ended, $"Closed after {took}");
        return took;
    }

    private static async Task<int> OpenAsync(ProofWorld world) => (await world.Ring.GetAsync("sessions")).AsArray().Count;

    private static async Task<JsonArray> HistoryAsync(ProofWorld world) => (await world.Ring.GetAsync("sessions/history")).AsArray();

    private static async Task<Inhabitant> InhabitantAsync(ProofWorld world, Household household)
    {
        var email = ProofLinking.EmailOf(household);
        var cameras = new List<Guid>();
        foreach (var device in household.DeviceIds)
        {
            cameras.Add(await world.Cluster.ScalarAsync<Guid>($"SELECT id FROM devices WHERE ring_device_id = '{device}'"));
        }

        var link = await world.Cluster.ScalarAsync<Guid>($"SELECT id FROM ring_tokens WHERE account_id = '{household.AccountId}' AND state = 'ACTIVE'");
        return new Inhabitant(household, link, cameras, await PageAsync(world.Portals[0], email), await PageAsync(world.Portals[1], email));
    }

    private static Task<Watcher> PageAsync(ProofPortal portal, string email) =>
        Watcher.SignInAsync(new Account.Visitor(ProxiedBrowser.Open(portal.Address)), email, Linking.Visitor.Password);

    /// <summary>A person with a page at each instance.</summary>
    private sealed record Inhabitant(Household Household, Guid Link, IReadOnlyList<Guid> Cameras, Watcher Page, Watcher Victim);
}
