using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;
using RingPortal.Tests.Ring;

namespace RingPortal.Tests.Proofs.Webhooks;

/// <summary>W14: no body makes a parser fail, and what Ring signed is never refused. The corpus is <c>Webhooks/Corpus</c>.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "W14")]
public sealed class W14Proof
{
    private const int Runs = 1_000_000;

    [Fact]
    public async Task No_Input_Makes_A_Parser_Fail()
    {
        var loops = await Task.WhenAll(FuzzTarget.All.Select(target => Task.Run(() => new FuzzLoop(target, FuzzSeed.Of(target.Name)).Run(Runs, TimeSpan.FromMinutes(10)))));
        var failures = loops.Where(loop => loop.Failure is not null).ToList();
        Assert.True(failures.Count == 0, string.Join("; ", failures.Select(loop => loop.Failure)));
        ProofFiles.Figure("W14", $"{loops.Length} parsers, {loops.Min(loop => loop.Done)} to {loops.Max(loop => loop.Done)} runs each, 0 exceptions, {loops.Sum(loop => loop.Found)} new outcomes followed");
    }

    [Fact]
    public async Task What_Ring_Signed_Is_Never_Refused()
    {
        await using var world = await ProofWorld.StartAsync("W14");
        var (bodies, seed) = await GarbageDrill.RunAsync(world, mutants: 20_000);
        ProofFiles.Figure("W14", $"{bodies} signed bodies (corpus of {Mutant.Corpus.Count} and mutants) over HTTP: all 200 and stored byte by byte; seed {seed}");
    }
}

/// <summary>W14 in short: the kept corpus, and the same mutants each time.</summary>
[Collection(ShortProofs.Name)]
[Trait(Tiers.Name, Tiers.Proof)]
[Trait(ProofOf.Name, "W14")]
public sealed class W14ShortProof(ShortWorld fixture)
{
    [Fact]
    public async Task What_Ring_Signed_Is_Never_Refused()
    {
        var (bodies, seed) = await GarbageDrill.RunAsync(fixture.World, mutants: 500);
        ProofFiles.Figure("W14", $"{bodies} signed bodies: all 200 and stored byte by byte; seed {seed}");
    }

    [Fact]
    public void No_Input_Makes_A_Parser_Fail() =>
        Assert.All(FuzzTarget.All, target => Assert.Null(new FuzzLoop(target, seed: 20_000).Run(5_000, TimeSpan.FromSeconds(10)).Failure));
}

/// <summary>Runs one parser on mutant after mutant and goes on from those that came to a new outcome.</summary>
internal sealed class FuzzLoop(FuzzTarget target, int seed)
{
    private const int MostFound = 2_000;

    private readonly Dictionary<string, byte[]> _outcomes = new(StringComparer.Ordinal);
    private readonly List<byte[]> _found = [];

    public int Done { get; private set; }

    public int Found => _found.Count;

    /// <summary>What went wrong, with the input in Base64: decode it into the corpus.</summary>
    public string? Failure { get; private set; }

    public FuzzLoop Run(int runs, TimeSpan limit)
    {
        var random = new Random(seed);
        var clock = Stopwatch.StartNew();
        for (; Done < runs && Failure is null && (Done % 1024 != 0 || clock.Elapsed < limit); Done++)
        {
            var input = Mutants.Next(random, _found);
            try
            {
                Follow(target.Run(input), input);
            }
            catch (Exception exception)
            {
                Failure = $"{target.Name}: {exception.GetType().Name} {exception.Message} on {Convert.ToBase64String(input)}";
            }
        }

        return this;
    }

    private void Follow(string outcome, byte[] input)
    {
        if (_found.Count < MostFound && input.Length < 8 * 1024 && _outcomes.TryAdd(outcome, input))
        {
            _found.Add(input);
        }
    }
}

/// <summary>Where a fuzz loop starts: <c>PROOF_SEED</c>, else anew each time.</summary>
internal static class FuzzSeed
{
    private static readonly int s_seed = int.TryParse(Environment.GetEnvironmentVariable("PROOF_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next();

    public static int Of(string name) => name.Aggregate(s_seed, (sum, letter) => unchecked((sum * 31) + letter));
}

/// <summary>Validly signed garbage at running portals.</summary>
internal static class GarbageDrill
{
    public static async Task<(int Bodies, int Seed)> RunAsync(ProofWorld world, int mutants)
    {
        var seed = FuzzSeed.Of("garbage");
        var random = new Random(seed);
        var bodies = Mutant.Corpus.Select(File.ReadAllBytes).Concat(Enumerable.Range(0, mutants).Select(_ => Mutants.Next(random, []))).ToList();
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        var answers = await ring.PostAllAsync(bodies.Select(body => world.Mill.Sign(Convert.ToBase64String(body), body)), 24);
        Assert.True(answers.All(attempt => attempt.Status == 200), $"{answers.FirstOrDefault(attempt => attempt.Status != 200)}");
        await AllStoredAsync(world, answers.Where(attempt => attempt.Answer != """{"status":"duplicate"}""").Select(attempt => Convert.FromBase64String(attempt.RequestId)));
        return (bodies.Count, seed);
    }

    private static async Task AllStoredAsync(ProofWorld world, IEnumerable<byte[]> bodies)
    {
        var hashes = bodies.Select(body => SHA256.HashData(body)).DistinctBy(Convert.ToHexString).ToArray();
        await using var command = world.Cluster.Source.CreateCommand("SELECT count(DISTINCT body_hash) FROM webhook_inbox WHERE body_hash = ANY(@hashes) AND sha256(body) = body_hash");
        command.Parameters.AddWithValue("hashes", hashes);
        Assert.Equal((long)hashes.Length, await command.ExecuteScalarAsync());
    }
}
