using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Webhooks;

/// <summary>W5: a database that is stopped, frozen or cut off is answered 503, never 200, never late, and is used again at once.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "W5")]
public sealed class W5Proof : IAsyncLifetime
{
    private static readonly TimeSpan s_stopped = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan s_gated = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_recovered = TimeSpan.FromSeconds(3);

    /// <summary>Longer than this is a probe that waits for the database itself.</summary>
    private static readonly TimeSpan s_probe = TimeSpan.FromMilliseconds(500);

    private readonly Ledger _ledger = new();
    private ProofWorld _world = null!;
    private RingSender _ring = null!;
    private OutageDrill _drill = null!;

    public async Task InitializeAsync()
    {
        _world = await ProofWorld.StartAsync("W5", new ProofShape { WiredDatabase = true });
        _ring = new RingSender(_world.Addresses, _ledger, connections: 64);
        _drill = new OutageDrill(_world, _ring, _ledger);
        await _drill.AllIsWellAsync(TimeSpan.FromSeconds(20));
        await _drill.AskAsync(4, TimeSpan.FromSeconds(3));
    }

    public async Task DisposeAsync()
    {
        await _ring.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task A_Database_That_Is_Away_Is_Answered_503_In_Time_And_Used_Again_At_Once()
    {
        var stopped = await StoppedAsync();
        var frozen = await FrozenAsync();
        var coldFrozen = await FrozenWithoutConnectionsAsync();
        var cut = await CutOffAsync();

        _ledger.NothingWasRefused();
        (await InboxCheck.CompareAsync(_world.Cluster, _ledger)).IsWhole(_ledger);
        ProofFiles.Figure("W5", $"{stopped}; {frozen}; no connection left, {coldFrozen}; {cut}; 0 lost of {_ledger.Count} acknowledged");
    }

    private async Task<string> StoppedAsync()
    {
        await _world.Cluster.StopAtOnceAsync();
        var asked = await _drill.AskAsync(4, TimeSpan.FromSeconds(5));
        OutageDrill.AllAre503(asked);
        var latencies = Latencies.Of(asked);
        Assert.True(latencies.Max <= s_stopped, $"Stopped: {latencies}");
        await _world.Cluster.StartAsync();
        var back = await _drill.RecoveryAsync(TimeSpan.FromSeconds(30));
        Assert.True(back <= s_recovered, $"First 200 after the start: {back}");
        return FormattableString.Invariant($"stopped 503 ≤ {latencies.Max.TotalMilliseconds:0} ms, first 200 {back.TotalSeconds:0.0} s after");
    }

    private async Task<string> FrozenAsync()
    {
        await _world.Cluster.FreezeAsync();
        var first = await _drill.EachAsync(3);
        OutageDrill.AllAre503(first);
        var slowest = Latencies.Of(first).Max;
        Assert.True(slowest <= s_first, $"The first when frozen: {slowest}");
        var gated = await GatedAsync();
        _world.Cluster.Thaw();
        var back = await _drill.RecoveryAsync(TimeSpan.FromSeconds(30));
        Assert.True(back <= s_recovered, $"First 200 after the thaw: {back}");
        return FormattableString.Invariant($"frozen: first 503 ≤ {slowest.TotalSeconds:0.0} s, gate open {gated}, first 200 {back.TotalSeconds:0.0} s after");
    }

    /// <summary>With the gate open nobody waits but one probe at a time on each instance.</summary>
    private async Task<string> GatedAsync()
    {
        // What came in the moment before the gate opened waits out its own time, as the first ones did.
        await Eventually.TrueAsync(async () => (await _drill.EachAsync(1)).All(attempt => attempt.Elapsed <= s_gated), TimeSpan.FromSeconds(10), "the gates are open");
        var asked = await _drill.AskAsync(4, TimeSpan.FromSeconds(10));
        OutageDrill.AllAre503(asked);
        var (probes, told) = (asked.Where(attempt => attempt.Elapsed > s_probe).ToList(), asked.Where(attempt => attempt.Elapsed <= s_probe).ToList());
        var latencies = Latencies.Of(told);
        Assert.True(latencies.P99 <= s_gated, $"With the gate open: {latencies}");
        Assert.True(probes.All(probe => probe.Elapsed <= s_first), $"A probe took {Latencies.Of(probes).Max}");
        foreach (var line in probes.GroupBy(probe => probe.Portal).Select(line => line.OrderBy(probe => probe.At).ToList()))
        {
            Assert.True(line.Zip(line.Skip(1)).All(pair => pair.First.At + pair.First.Elapsed <= pair.Second.At + s_gated), $"Two probes at once on portal {line[0].Portal}");
        }

        return FormattableString.Invariant($"p99 {latencies.P99.TotalMilliseconds:0} ms");
    }

    private async Task<string> FrozenWithoutConnectionsAsync()
    {
        await _world.Cluster.StopAtOnceAsync();
        await _drill.EachAsync(2);
        await _world.Cluster.StartAsync();
        await _world.Cluster.FreezeAsync();
        return await ThawedAsync();
    }

    private async Task<string> ThawedAsync()
    {
        var asked = await _drill.AskAsync(2, TimeSpan.FromSeconds(6));
        OutageDrill.AllAre503(asked);
        var slowest = Latencies.Of(asked).Max;
        Assert.True(slowest <= s_first, $"Frozen without connections: {slowest}");
        _world.Cluster.Thaw();
        var back = await _drill.RecoveryAsync(TimeSpan.FromSeconds(30));
        Assert.True(back <= s_recovered, $"First 200 after the thaw: {back}");
        return FormattableString.Invariant($"frozen 503 ≤ {slowest.TotalSeconds:0.0} s, first 200 {back.TotalSeconds:0.0} s after");
    }

    /// <summary>The wire instead of the server: late, silent, half-open, closed, cut at a byte.</summary>
    private async Task<string> CutOffAsync()
    {
        var worst = TimeSpan.Zero;
        (string Name, Action Spoil, bool Away)[] toxics =
        [
            ("100 ms late", () => _world.Wire.Delay(TimeSpan.FromMilliseconds(100)), false),
            ("silent", _world.Wire.Silence, true),
            ("half-open", _world.Wire.Deafen, true),
            ("closed", _world.Wire.Close, true),
            ("reset", _world.Wire.Reset, false),
            ("cut after 700 bytes", () => { _world.Wire.CutAfter(700); _world.Wire.Reset(); }, true),
        ];
        foreach (var (name, spoil, away) in toxics)
        {
            spoil();
            var asked = await _drill.AskAsync(3, TimeSpan.FromSeconds(4));
            Assert.True(asked.All(attempt => attempt.Status is 503 || (!away && attempt.IsAcknowledged)), $"{name}: {asked.FirstOrDefault(attempt => attempt.Status is not 503)}");
            Assert.True(Latencies.Of(asked).Max <= s_first, $"{name}: {Latencies.Of(asked)}");
            _world.Wire.Heal();
            var back = await _drill.RecoveryAsync(TimeSpan.FromSeconds(30));
            Assert.True(back <= s_recovered, $"{name}: first 200 after {back}");
            worst = back > worst ? back : worst;
        }

        return FormattableString.Invariant($"{toxics.Length} spoilt wires ≤ 2.5 s, 200 again ≤ {worst.TotalSeconds:0.0} s");
    }
}

/// <summary>W5 in short: what is said, not how fast.</summary>
[Collection(ShortProofs.Name)]
[Trait(Tiers.Name, Tiers.Proof)]
[Trait(ProofOf.Name, "W5")]
public sealed class W5ShortProof(ShortWorld fixture)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_Database_That_Is_Away_Is_Answered_503_And_Used_Again()
    {
        var world = fixture.World;
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        var drill = new OutageDrill(world, ring, ledger);
        await drill.AllIsWellAsync(s_patience);

        await world.Cluster.FreezeAsync();
        OutageDrill.AllAre503(await drill.EachAsync(3));
        OutageDrill.AllAre503(await drill.EachAsync(20));
        world.Cluster.Thaw();
        await drill.RecoveryAsync(s_patience);
        await world.Cluster.StopAtOnceAsync();
        OutageDrill.AllAre503(await drill.EachAsync(20));
        await world.Cluster.StartAsync();
        await drill.RecoveryAsync(s_patience);

        ledger.NothingWasRefused();
        (await InboxCheck.CompareAsync(world.Cluster, ledger)).IsWhole(ledger);
        ProofFiles.Figure("W5", $"frozen and stopped: 503 and nothing else; 0 lost of {ledger.Count} acknowledged");
    }
}
