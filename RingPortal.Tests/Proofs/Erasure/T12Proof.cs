using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Erasure;

/// <summary>
/// T12: people delete their accounts, also while an instance dies, and a dump of the whole cluster holds nothing of them in
/// any form; the audit trail is whole, neighbours keep everything.
/// </summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "T12")]
public sealed class T12Proof
{
    private const int Leaving = 10;
    private const int Staying = 4;
    private const int Deliveries = 20_000;
    private static readonly TimeSpan s_target = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Nothing_Of_A_Deleted_Account_Is_Left_In_The_Whole_Cluster()
    {
        await using var world = await ProofWorld.StartAsync("T12", new ProofShape { Ring = true, Seeded = false, Households = (Leaving + Staying, 2) });
        var desk = new ErasureDesk(world);
        var leavers = world.Mill.Households.Take(Leaving).Select(Leaver.Of).ToList();
        var neighbours = world.Mill.Households.Skip(Leaving).ToList();
        await SettleInAsync(world, leavers);
        var holdings = await Task.WhenAll(neighbours.Select(desk.HoldingsAsync));
        var there = DumpScan.Find(await world.Cluster.DumpAsync(), leavers.SelectMany(leaver => leaver.Canaries));
        Assert.All(leavers.SelectMany(leaver => leaver.Known), known => Assert.Contains(there, trace => trace.StartsWith($"{known} (", StringComparison.Ordinal)));
        var before = await desk.VerifyAsync();
        Assert.True(before.IsWhole, string.Join("; ", before.Breaks));
        var calls = await world.Ring.NewestCallAsync();

        using var elsewhere = await leavers[^1].SignInAsync(world.Portals[1].Address);
        await Task.WhenAll(leavers.Skip(2).Select((leaver, number) => leaver.DeleteAsync(world.Addresses[number % 2])));
        await Eventually.TrueAsync(async () => (await elsewhere.OpenAsync("/Account")).Location?.Contains("/Account/Login", StringComparison.Ordinal) is true, TimeSpan.FromSeconds(10), "sessions on the other instance end");
        Assert.False(await leavers[^1].MaySignInAsync(world.Portals[1].Address));
        var calm = await desk.CompleteAsync(Leaving - 2, s_target);
        var struck = await StruckAsync(world, desk, leavers);
        Assert.True(struck.Max <= s_target, $"Gone after {struck}");

        await AfterwardsAsync(world, leavers);
        var found = DumpScan.Find(await world.Cluster.DumpAsync(), leavers.SelectMany(leaver => leaver.Canaries));
        Assert.True(found.Count == 0, $"{found.Count} traces in the dump: {string.Join("; ", found)}");
        var logged = world.Portals.SelectMany(portal => DumpScan.Find(File.ReadAllBytes(portal.LogFile), leavers.SelectMany(leaver => leaver.Canaries))).ToList();
        Assert.True(logged.Count == 0, $"In a log: {string.Join("; ", logged)}");
        Assert.Equal(holdings, await Task.WhenAll(neighbours.Select(desk.HoldingsAsync)));
        var after = await desk.VerifyAsync();
        Assert.True(after.IsWhole && after.Records > before.Records, string.Join("; ", after.Breaks));
        Assert.Equal(Leaving, await world.Cluster.ScalarAsync<long>("SELECT count(DISTINCT subject_id) FROM audit_records WHERE action = 'person.erased' AND subject_id NOT IN (SELECT id FROM audit_subjects)"));
        await ToldOnceAsync(world, leavers, calls);
        ProofFiles.Figure("T12", $"{Leaving} accounts deleted, 2 of them with an instance killed in the middle: from the wish to nothing left at most {calm.Max.TotalSeconds:0.0} s, with a kill {struck.Max.TotalSeconds:0.0} s; 0 of {leavers.Sum(leaver => leaver.Canaries.Count)} texts in a dump of the whole cluster, in no form; trail of {after.Records} records whole; neighbours keep everything");
    }

    /// <summary>Everybody connects cameras with names of their own, and something of them comes to stand in every table.</summary>
    private static async Task SettleInAsync(ProofWorld world, List<Leaver> leavers)
    {
        foreach (var leaver in leavers)
        {
            await world.Ring.PutAsync(leaver.Household, leaver.Person, leaver.Camera);
        }

        foreach (var household in world.Mill.Households)
        {
            await ProofLinking.LinkAsync(world, household);
        }

        foreach (var leaver in leavers)
        {
            var session = await world.Ring.PostAsync($"accounts/{leaver.Household.Key}/devices/{leaver.Household.DeviceIds[0]}/sessions");
            await LiveViews.RememberAsync(world.Cluster, leaver.Household, leaver.Household.DeviceIds[0], session!);
            await world.Ring.PostAsync($"accounts/{leaver.Household.Key}/plans", new { kind = "Paid", deviceIds = leaver.Household.DeviceIds });
        }

        await world.Cluster.ExecuteAsync("INSERT INTO notification_preferences (device_id, user_id, press, person, offline, period_minutes, pending_press, pending_person, pending_offline) SELECT id, user_id, true, true, false, 15, 0, 0, 0 FROM devices");
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        await ring.PostAllAsync(Enumerable.Range(0, 1_000).Select(_ => world.Mill.Next()), 8);
        await ring.PostAllAsync(leavers.SelectMany(leaver => new[]
        {
            world.Mill.Of(leaver.Household, "device_removed", occurredAt: DateTimeOffset.UtcNow.AddSeconds(1)),
            world.Mill.Of(leaver.Household, "something_new"),
            world.Mill.Sign($"{Guid.NewGuid()}", $"[\"{leaver.Household.AccountId}\", \"{leaver.Camera}\""),
            world.Mill.Sign($"{Guid.NewGuid()}", $"{{\"meta\": \"{leaver.Household.DeviceIds[1]}\"}}"),
        }), 8);
        ledger.NothingWasRefused();
        await EffectCheck.DrainedAsync(world.Cluster, TimeSpan.FromMinutes(2));
        await TeardownCheck.CompleteAsync(world.Cluster, leavers.Count, TimeSpan.FromMinutes(2));
    }

    /// <summary>Two more leave: an instance is killed while Ring is told, and while deliveries are deleted.</summary>
    private static async Task<Latencies> StruckAsync(ProofWorld world, ErasureDesk desk, List<Leaver> leavers)
    {
        await world.Cluster.ExecuteAsync(
            $"INSERT INTO webhook_inbox (id, request_id, body_hash, body, account_id, event_type, source, received_at, state, attempts, settled_at) SELECT gen_random_uuid(), 'bulk-' || n, sha256(n::text::bytea), '{leavers[0].Camera} {leavers[0].Household.AccountId}'::bytea, '{leavers[0].Household.AccountId}', 'motion_detected', '{leavers[0].Household.DeviceIds[1]}', now(), 'Done', 1, now() FROM generate_series(1, {Deliveries}) n");
        await world.Ring.PostAsync("faults", new { operation = "AppIntegrationsPatch", kind = "Slow", delay = "00:00:01.5", times = 1 });
        await KillAtAsync(world, desk, leavers[1], "Links");
        await KillAtAsync(world, desk, leavers[0], "Deliveries");
        return await desk.CompleteAsync(Leaving, s_target);
    }

    private static async Task KillAtAsync(ProofWorld world, ErasureDesk desk, Leaver leaver, string stage)
    {
        await leaver.DeleteAsync(world.Addresses[0]);
        var erasure = await desk.IdAsync(leaver);
        ProofPortal? worker = null;
        await Eventually.TrueAsync(
            async () => await desk.StageAsync(erasure) == stage && (worker = await desk.WorkerAsync(erasure)) is not null, TimeSpan.FromMinutes(1), $"somebody is at {stage}");
        await worker!.KillAsync();
        Assert.NotEqual("Done", await desk.StageAsync(erasure));
        await worker.StartReadyAsync();
    }

    /// <summary>People take the last step in the Ring app, Ring still sends, and the last messages leave.</summary>
    private static async Task AfterwardsAsync(ProofWorld world, List<Leaver> leavers)
    {
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        foreach (var leaver in leavers)
        {
            await world.Ring.PostAsync($"accounts/{leaver.Household.Key}/remove?sendDeviceEvents=true");
        }

        await ring.PostAllAsync(leavers.SelectMany(leaver => new[] { "motion_detected", "device_added", "app_integration_removed", "subscription_deactivated" }.Select(type => world.Mill.Of(leaver.Household, type))), 8);
        ledger.NothingWasRefused();
        await world.Ring.DecidedAsync(TimeSpan.FromMinutes(2));
        await EffectCheck.DrainedAsync(world.Cluster, TimeSpan.FromMinutes(2));
        await Eventually.TrueAsync(async () => await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM outbox_emails WHERE kind = 'erased' AND sealed_message IS NOT NULL") == 0, TimeSpan.FromMinutes(3), "the last messages are out");
        Assert.All(leavers, leaver => Assert.Single(world.Mail.Messages, mail => mail.Contains($"To: {leaver.Email}", StringComparison.Ordinal) && mail.Contains("account is deleted", StringComparison.Ordinal)));
    }

    /// <summary>Ring heard of each connection once that it pauses; of the one whose instance died meanwhile, once at most.</summary>
    private static async Task ToldOnceAsync(ProofWorld world, List<Leaver> leavers, long after)
    {
        var calls = (await world.Ring.GetAsync($"calls?after={after}")).AsArray().Where(call => call!["operation"]!.GetValue<string>() == "AppIntegrationsPatch").Select(call => call!["account"]!.GetValue<string>()).ToList();
        var counts = leavers.Select(leaver => calls.Count(account => account == leaver.Household.Key)).ToList();
        Assert.InRange(counts[1], 0, 1);
        Assert.All(counts.Where((_, number) => number != 1), count => Assert.Equal(1, count));
    }
}
