using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Webhooks;

/// <summary>W6: Ring's schedule carries every event over an outage; after a longer one Ring's replay does.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "W6")]
public sealed class W6Proof
{
    /// <summary>An hour of Ring's schedule is 36 s here.</summary>
    private const double Compression = 0.01;

    private const double PerSecond = 20;
    private const string Operators = "operators@example.com";

    /// <summary>By when operators must know (reliability W6).</summary>
    private static readonly TimeSpan s_told = TimeSpan.FromMinutes(45);

    /// <summary>A little longer than portals take from one look to the next.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(21);

    /// <summary>From Ring's first attempt to its last.</summary>
    private static readonly TimeSpan s_schedule = TimeSpan.FromSeconds(4_356);

    [Fact]
    public async Task Every_Event_Survives_Outages_Of_An_Hour_And_Longer_Ones_By_Replay()
    {
        await using var world = await ProofWorld.StartAsync("W6", new ProofShape { Ring = true, Households = (10, 2) });
        await world.Ring.ChangeAsync("webhooks", new { scheduleFactor = Compression, concurrency = 64 });

        var total = 0;
        var told = new List<string>();
        foreach (var (minutes, harm) in new[] { (1, "PostgreSQL killed"), (10, "portals killed"), (60, "PostgreSQL stopped"), (80, "PostgreSQL stopped") })
        {
            await world.Ring.ChangeAsync("webhooks", new { newRequestIdOnRetry = minutes == 10, newTimeOnRetry = minutes == 10 });
            var outage = TimeSpan.FromMinutes(minutes) * Compression;
            total += await SendThroughAsync(world, harm, outage);
            await world.Ring.DecidedAsync((s_schedule * Compression) + TimeSpan.FromSeconds(60));
            Assert.Equal(0, await world.Ring.CountAsync("refused"));
            var dead = await world.Ring.CountAsync("deadLetter");
            Assert.True(outage > s_schedule * Compression == dead > 0, $"{dead} dead letters after {minutes} min");
            await world.Ring.PostAsync("dead-letters/replay");
            await world.Ring.DecidedAsync(TimeSpan.FromSeconds(60));
            Assert.Equal(total, await world.Ring.CountAsync("delivered"));
            await EffectsAsync(world, total);
            told.Add(FormattableString.Invariant($"{minutes} min ({harm}): {dead} dead letters{(dead > 0 ? ", replayed" : "")}"));
        }

        ProofFiles.Figure("W6", $"{string.Join("; ", told)}; {total} of {total} events in the timelines, each once");
    }

    [Fact]
    public async Task Operators_Hear_Of_An_Outage_Before_Ring_Gives_Up()
    {
        using var clock = new SteeredClock();
        await using var world = await ProofWorld.StartAsync("W6-alarm", new ProofShape
        {
            Households = (4, 1),
            Environments = [clock.Environment, clock.Environment],
            Settings = new Dictionary<string, string> { ["Alarms__Email"] = Operators },
        });
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        var drill = new OutageDrill(world, ring, ledger);
        await drill.AllIsWellAsync(TimeSpan.FromSeconds(30));
        await world.Cluster.StopAtOnceAsync();

        // The clock goes on by five minutes as often as the portals look.
        var minute = 0;
        while (Letters(world) < world.Portals.Count)
        {
            Assert.True(minute < s_told.TotalMinutes, $"{Letters(world)} letters by minute {minute}");
            OutageDrill.AllAre503(await drill.EachAsync(1));
            clock.Advance(TimeSpan.FromMinutes(5));
            minute += 5;
            await Moments.PassAsync(s_look);
        }

        await world.Cluster.StartAsync();
        await drill.AllIsWellAsync(TimeSpan.FromSeconds(30));
        await Eventually.TrueAsync(async () => await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM alarms WHERE key = 'outage' AND resolved_at IS NOT NULL") > 0
            && await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM alarms WHERE key = 'outage' AND resolved_at IS NULL") == 0, TimeSpan.FromSeconds(60), "the alarm is over by itself");
        ProofFiles.Figure("W6", $"80 min: operators written to by minute {minute} while the database is away, the alarm over by itself afterwards");
    }

    private static int Letters(ProofWorld world) => world.Mail.Messages.Count(message => message.Contains(Operators, StringComparison.Ordinal) && message.Contains("No call from Ring was answered well", StringComparison.Ordinal));

    /// <summary>Events before, during and after an outage; answers with how many.</summary>
    private static async Task<int> SendThroughAsync(ProofWorld world, string harm, TimeSpan outage)
    {
        var around = TimeSpan.FromSeconds(2);
        var count = (int)((outage + around + around).TotalSeconds * PerSecond);
        var burst = (await world.Ring.PostAsync("bursts", new { count, ratePerSecond = PerSecond, accounts = world.Mill.Households.Select(household => household.Key) }))!["number"]!.GetValue<int>();
        await Moments.PassAsync(around);
        await BeginAsync(world, harm);
        await Moments.PassAsync(outage);
        await EndAsync(world, harm);
        await Eventually.TrueAsync(async () => !(await world.Ring.GetAsync($"bursts/{burst}"))["running"]!.GetValue<bool>(), TimeSpan.FromSeconds(60), "all events are sent");
        return count;
    }

    private static async Task BeginAsync(ProofWorld world, string harm)
    {
        switch (harm)
        {
            case "PostgreSQL killed":
                await world.Cluster.KillAsync();
                break;
            case "PostgreSQL stopped":
                await world.Cluster.StopAtOnceAsync();
                break;
            default:
                foreach (var portal in world.Portals)
                {
                    await portal.KillAsync();
                }

                break;
        }
    }

    private static async Task EndAsync(ProofWorld world, string harm)
    {
        if (harm.StartsWith("PostgreSQL", StringComparison.Ordinal))
        {
            await world.Cluster.StartAsync();
        }
        else
        {
            foreach (var portal in world.Portals)
            {
                portal.Start();
            }
        }
    }

    private static async Task EffectsAsync(ProofWorld world, int total)
    {
        await EffectCheck.DrainedAsync(world.Cluster, TimeSpan.FromMinutes(2));
        Assert.Equal(total, await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM device_events"));
        Assert.Equal(total, await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM webhook_inbox WHERE state = 'Done'"));
    }
}
