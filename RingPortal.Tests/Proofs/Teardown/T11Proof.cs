using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Tests.Proofs.Teardown;

/// <summary>T11: the end of a connection erases its tokens within seconds, and Ring is not called with them any more.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "T11")]
public sealed class T11Proof
{
    private const int Seeded = 200;
    private const int Struck = 60;
    private const int Real = 8;
    private const int Played = 3;
    private static readonly TimeSpan s_p99 = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_struck = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Removed_Connections_Lose_Their_Tokens_And_Ring_Is_Left_Alone()
    {
        await using var world = await ProofWorld.StartAsync("T11", new ProofShape { Ring = true, Browsers = true, Seeded = false, Households = (Seeded + Struck + Real, 2) });
        var real = world.Mill.Households.TakeLast(Real).ToList();
        await ProofSeed.LinkAsync(world.Cluster, [.. world.Mill.Households.SkipLast(Real)]);
        foreach (var household in real)
        {
            await ProofLinking.LinkAsync(world, household);
        }

        var calm = await EndAsync(world, [.. world.Mill.Households.Take(Seeded)], killed: null);
        Assert.True(calm.P99 <= s_p99, $"Erased after {calm}");
        var struck = await EndAsync(world, [.. world.Mill.Households.Skip(Seeded).Take(Struck)], killed: world.Portals[1]);
        Assert.True(struck.Max <= s_struck, $"Erased after {struck} with an instance killed");
        await RealAsync(world, real);
        await TeardownCheck.CompleteAsync(world.Cluster, Seeded + Struck + Real, TimeSpan.FromMinutes(3));
        await TeardownCheck.WholeAsync(world.Cluster);
        ProofFiles.Figure("T11", $"{Seeded} connections ended beside 50 events a second: tokens erased after p99 {calm.P99.TotalSeconds:0.0} s; {Struck} with an instance killed: at most {struck.Max.TotalSeconds:0.0} s; {Real} with real tokens, live views through the relay ({Played} playing in Chromium) and schedules of albums: each stream ended at Ring once, each player was told, 0 calls to Ring afterwards; every teardown complete");
    }

    /// <summary>Ends connections by events and measures from receipt to erasure, by the database's own times.</summary>
    private static async Task<Latencies> EndAsync(ProofWorld world, IReadOnlyList<Household> households, ProofPortal? killed)
    {
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        using var stop = new CancellationTokenSource();
        var others = new EventMill(ProofSettings.HmacKey, Household.Make(20, 1, "NOBODY"));
        var sending = ring.SteadyAsync(50, others.Next, stop.Token);
        foreach (var household in households)
        {
            ring.Begin(world.Mill.Of(household, "app_integration_removed"));
        }

        if (killed is not null)
        {
            await killed.KillAsync();
            // A balancer needs a moment to notice; what it sends until then comes again by Ring's schedule.
            await Moments.PassAsync(TimeSpan.FromSeconds(1));
            ring.Drained.TryAdd(killed.Number, 0);
        }

        var accounts = string.Join("','", households.Select(household => household.AccountId));
        await Eventually.TrueAsync(
            async () => await world.Cluster.ScalarAsync<long>($"SELECT count(*) FROM ring_tokens WHERE account_id IN ('{accounts}') AND state = 'REMOVED' AND sealed_access_token IS NULL AND sealed_refresh_token IS NULL") == households.Count,
            TimeSpan.FromMinutes(2), "all tokens are erased");
        if (killed is not null)
        {
            await killed.StartReadyAsync();
            ring.Drained.TryRemove(killed.Number, out _);
        }

        await stop.CancelAsync();
        await sending;
        await ring.WhenDeliveredAsync(TimeSpan.FromMinutes(1));
        ledger.NothingWasRefused();
        return await ErasedAsync(world, accounts);
    }

    private static async Task<Latencies> ErasedAsync(ProofWorld world, string accounts)
    {
        await using var command = world.Cluster.Source.CreateCommand(
            $"SELECT token.state_changed_at - min(row.received_at) FROM ring_tokens token JOIN webhook_inbox row ON row.account_id = token.account_id AND row.event_type = 'app_integration_removed' WHERE token.account_id IN ('{accounts}') GROUP BY token.id");
        await using var reader = await command.ExecuteReaderAsync();
        var times = new List<TimeSpan>();
        while (await reader.ReadAsync())
        {
            times.Add(reader.GetTimeSpan(0));
        }

        return new Latencies(times);
    }

    /// <summary>Connections with tokens that Ring knows, live views that play, schedules of albums and readings asked for.</summary>
    private static async Task RealAsync(ProofWorld world, IReadOnlyList<Household> real)
    {
        await using var services = new ProofServices(world);
        await using var screen = await ProofScreen.StartAsync(world);
        var cameras = new List<LiveCamera>();
        foreach (var household in real)
        {
            var camera = await LiveCamera.OfAsync(world, household);
            // Just before: a live view whose page is silent ends by itself.
            await camera.WatchAsync(cameras.Count < Played ? await screen.OpenAsync(household, camera.Id) : null);
            await camera.KeepAsync(services);
            await camera.DueAsync();
            await world.Ring.PostAsync($"accounts/{household.Key}/remove");
            cameras.Add(camera);
        }

        foreach (var camera in cameras)
        {
            await ProofLinking.StateAsync(world, camera.Household, "REMOVED");
            await camera.MarkedAsync();
        }

        var last = await world.Ring.NewestCallAsync();
        foreach (var camera in cameras)
        {
            await camera.ToldAsync();
        }

        // Whatever might still want to call Ring gets its chance.
        var desk = new JobDesk(world.Cluster);
        var jobs = new List<long> { desk.Run(typeof(RefreshTokensJob), nameof(RefreshTokensJob.RunAsync), CancellationToken.None), desk.Run(typeof(Web.Features.LiveView.EndLiveSessionsJob), "SweepAsync", CancellationToken.None) };
        await desk.SucceededAsync(jobs, TimeSpan.FromMinutes(1));
        await TeardownCheck.CompleteAsync(world.Cluster, Seeded + Struck + Real, TimeSpan.FromMinutes(3));
        foreach (var camera in cameras)
        {
            // Tokens are gone, so Ring ends the stream with the connection and hears nothing of us any more.
            await camera.EndedOnceAsync(byRing: true);
            await camera.KeepsNoMoreAsync(last);
            var calls = await camera.CallsAsync(last);
            Assert.True(calls.Count == 0, $"{calls.Count} calls to Ring for a connection that had ended: {string.Join("; ", calls)}");
        }

        Assert.Equal(0, await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM live_sessions WHERE ended_at IS NULL"));
        Assert.Equal(0, await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM sync_requests request JOIN ring_tokens token ON token.id = request.ring_token_id WHERE token.state = 'REMOVED'"));
    }
}

/// <summary>T11 in short.</summary>
[Collection(ShortProofs.Name)]
[Trait(Tiers.Name, Tiers.Proof)]
[Trait(ProofOf.Name, "T11")]
public sealed class T11ShortProof(ShortWorld fixture)
{
    [Fact]
    public async Task Removed_Connections_Lose_Their_Tokens_And_Everything_Else_Once()
    {
        var world = fixture.World;
        var leaving = Household.Make(10, 2, "LEAVING");
        await ProofSeed.LinkAsync(world.Cluster, leaving);
        await ProofSeed.KeepAlbumsAsync(world.Cluster, leaving);
        var before = await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM teardowns");
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        var twice = leaving.Select(household => world.Mill.Of(household, "app_integration_removed")).SelectMany(delivery => Enumerable.Repeat(delivery, 2));
        foreach (var delivery in twice)
        {
            // With Ring's further tries: what a busy machine puts off comes again.
            ring.Begin(delivery);
        }

        await ring.WhenDeliveredAsync(TimeSpan.FromSeconds(60));
        await TeardownCheck.CompleteAsync(world.Cluster, (int)before + leaving.Count, TimeSpan.FromSeconds(30));
        await TeardownCheck.WholeAsync(world.Cluster);
        await TeardownCheck.SchedulesCancelledAsync(world.Cluster, leaving);
        ProofFiles.Figure("T11", $"{leaving.Count} connections ended by two deliveries each: no token and no schedule left, each torn down once");
    }
}
