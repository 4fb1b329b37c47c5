using System.Globalization;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>One kind of harm: its name, how often it is chosen, and how it is done and undone.</summary>
internal sealed record Harm(string Name, int Weight, Func<Random, Task> DoAsync);

/// <summary>
/// Does harm at random moments, one after another, until it has done enough. Its seed repeats its choices
/// (<c>PROOF_SEED</c>); what it did and when stands in <c>nemesis.log</c>.
/// </summary>
internal sealed class Nemesis(ProofFiles files, params Harm[] harms)
{
    private readonly Dictionary<string, int> _done = harms.ToDictionary(harm => harm.Name, _ => 0);

    public int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("PROOF_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next();

    /// <summary>What was done: <c>kill a portal: 21, freeze PostgreSQL: 4</c>.</summary>
    public string Story => string.Join(", ", _done.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key}: {entry.Value}")));

    public int Count(string harm) => _done[harm];

    /// <param name="enough">When to end.</param>
    /// <param name="ledger">Tells the time.</param>
    /// <param name="longest">Longest quiet time between two harms; each is between nothing and this.</param>
    /// <param name="limit">When to fail, because it is never enough.</param>
    public async Task RunAsync(Func<bool> enough, Ledger ledger, TimeSpan longest, TimeSpan limit)
    {
        var random = new Random(Seed);
        var begun = ledger.Now;
        await using var log = new StreamWriter(files.Log("nemesis")) { AutoFlush = true };
        await log.WriteLineAsync($"seed {Seed}");
        while (!enough())
        {
            Assert.True(ledger.Now - begun < limit, $"Not enough within {limit}: {Story}; {ledger.Statuses}");
            await Moments.PassAsync(longest * random.NextDouble());
            var harm = Choose(random);
            await log.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{ledger.Now.TotalSeconds:0.000} {harm.Name}"));
            await harm.DoAsync(random);
            _done[harm.Name]++;
            await log.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{ledger.Now.TotalSeconds:0.000} undone; {ledger.Count} acknowledged"));
        }
    }

    private Harm Choose(Random random)
    {
        var draw = random.Next(harms.Sum(harm => harm.Weight));
        return harms.First(harm => (draw -= harm.Weight) < 0);
    }
}
