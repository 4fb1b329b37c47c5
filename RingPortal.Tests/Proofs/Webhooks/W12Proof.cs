using System.Diagnostics;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Webhooks;

/// <summary>W12: too much at once is told to come again, and a backlog drains while new events are taken as fast as ever.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "W12")]
public sealed class W12Proof
{
    private const int Flood = 2_000;
    private const int Backlog = 50_000;
    private const long MostMemory = 150L * 1024 * 1024;
    private const double LeastPerSecond = 200;
    private const double MostSlower = 1.5;

    /// <summary>Below this p99 the ratio of two figures is noise of the machine.</summary>
    private static readonly TimeSpan s_noise = TimeSpan.FromMilliseconds(20);

    private const string BacklogSql =
        """
        INSERT INTO webhook_inbox (id, request_id, event_key, body_hash, body, account_id, event_type, source, occurred_at, received_at, state, attempts, next_attempt_at)
        SELECT gen_random_uuid(), 'backlog-' || n, md5('backlog-' || n), sha256(raw.body), raw.body, camera.account_id, 'motion_detected', camera.ring_device_id,
               now() - interval '20 minutes' + n * interval '1 millisecond', now(), 'Due', 0, now()
        FROM generate_series(1, @rows) n
        JOIN (SELECT row_number() OVER () - 1 AS number, count(*) OVER () AS total, token.account_id, device.ring_device_id
              FROM devices device JOIN ring_tokens token ON token.id = device.ring_token_id) camera ON camera.number = n % camera.total
        CROSS JOIN LATERAL (SELECT convert_to(format('{"meta":{"version":"1.1","request_id":"backlog-%s","account_id":"%s"},"data":{"id":"backlog-%s","type":"motion_detected","subType":"human","attributes":{"source":"%s","source_type":"devices","timestamp":%s}}}',
              n, camera.account_id, n, camera.ring_device_id, (extract(epoch FROM now() - interval '20 minutes') * 1000)::bigint + n), 'UTF8') AS body) raw
        """;

    [Fact]
    public async Task Overload_Is_503_And_A_Backlog_Drains_Beside_New_Events()
    {
        await using var world = await ProofWorld.StartAsync("W12");
        var flood = await FloodAsync(world);
        var backlog = await BacklogAsync(world);
        ProofFiles.Figure("W12", $"{flood}; {backlog}");
    }

    private static async Task<string> FloodAsync(ProofWorld world)
    {
        await using (var warm = new RingSender(world.Addresses, new Ledger()))
        {
            await warm.PostAllAsync(Enumerable.Range(0, 3_000).Select(_ => world.Mill.Next()), 32);
        }

        var before = world.Portals.Max(portal => ProcessTree.ResidentBytes(portal.ProcessId));
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger, connections: Flood) { Compression = 0.1 };
        var statuses = (await ring.PostAllAsync(Enumerable.Range(0, Flood).Select(_ => world.Mill.Next()), Flood)).ToLookup(attempt => attempt.Status);
        var grown = world.Portals.Max(portal => ProcessTree.ResidentBytes(portal.ProcessId)) - before;
        Assert.True(statuses[200].Count() + statuses[503].Count() == Flood, ledger.Statuses);
        Assert.True(grown <= MostMemory, $"Memory grew by {grown} bytes");

        // Ring's own schedule brings in what was told to come again.
        for (var sent = 0; sent < Flood; sent++)
        {
            ring.Begin(world.Mill.Next());
        }

        await ring.WhenDeliveredAsync(TimeSpan.FromMinutes(2));
        ledger.NothingWasRefused();
        (await InboxCheck.CompareAsync(world.Cluster, ledger)).IsWhole(ledger);
        return FormattableString.Invariant($"{Flood} at once: {statuses[200].Count()} × 200, {statuses[503].Count()} × 503, 0 × 4xx, memory +{Math.Max(grown, 0) / 1024 / 1024} MB");
    }

    private static async Task<string> BacklogAsync(ProofWorld world)
    {
        await EffectCheck.DrainedAsync(world.Cluster, TimeSpan.FromMinutes(2));
        var idle = await AcknowledgeAsync(world, Moments.PassAsync(TimeSpan.FromSeconds(20)));
        await EffectCheck.DrainedAsync(world.Cluster, TimeSpan.FromMinutes(2));
        await using (var fill = world.Cluster.Source.CreateCommand(BacklogSql))
        {
            fill.Parameters.AddWithValue("rows", Backlog);
            Assert.Equal(Backlog, await fill.ExecuteNonQueryAsync());
        }

        var draining = Stopwatch.StartNew();
        var busy = await AcknowledgeAsync(world, BacklogGoneAsync(world, TimeSpan.FromMinutes(5)));
        var perSecond = Backlog / draining.Elapsed.TotalSeconds;
        Assert.True(perSecond >= LeastPerSecond, $"The backlog drained at {perSecond:0} a second");
        Assert.True(busy.P99 <= idle.P99 * MostSlower || busy.P99 <= s_noise, $"Acknowledgements: idle {idle}, beside the backlog {busy}");
        Assert.Equal(Backlog, await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM device_events entry JOIN webhook_inbox row ON row.id = entry.inbox_id WHERE row.request_id LIKE 'backlog-%'"));
        return FormattableString.Invariant($"backlog of {Backlog} drained at {perSecond:0} a second; acknowledgement p99 {idle.P99.TotalMilliseconds:0} ms idle, {busy.P99.TotalMilliseconds:0} ms beside it");
    }

    /// <summary>50 new events a second until something else is over.</summary>
    private static async Task<Latencies> AcknowledgeAsync(ProofWorld world, Task until)
    {
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        using var stop = new CancellationTokenSource();
        var sending = ring.SteadyAsync(50, world.Mill.Next, stop.Token);
        await until;
        await stop.CancelAsync();
        await sending;
        await ring.WhenDeliveredAsync(TimeSpan.FromSeconds(30));
        Assert.True(ledger.Attempts.All(attempt => attempt.Status == 200), ledger.Statuses);
        return Latencies.Of(ledger.Attempts);
    }

    private static async Task BacklogGoneAsync(ProofWorld world, TimeSpan limit)
    {
        var waited = Stopwatch.StartNew();
        while (await world.Cluster.ScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM webhook_inbox WHERE state = 'Due' AND request_id LIKE 'backlog-%')"))
        {
            Assert.True(waited.Elapsed < limit, "The backlog did not drain.");
            // Seldom: the question must not slow down what it asks about.
            await Moments.PassAsync(TimeSpan.FromMilliseconds(500));
        }
    }
}
