using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Teardown;

/// <summary>J5: a removal that fails or whose instance dies at any step ends complete, and Ring and the person hear of it once.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "J5")]
public sealed class J5Proof
{
    private static readonly string[] s_steps = ["sessions", "work", "archive", "delete", "told"];
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private enum Harm
    {
        Fails,
        KilledAtItsBegin,
        KilledAtItsEnd,
    }

    [Fact]
    public async Task A_Removal_That_Breaks_Anywhere_Ends_Complete()
    {
        var harms = Enum.GetValues<Harm>();
        await using var world = await ProofWorld.StartAsync("J5", new ProofShape { Ring = true, Seeded = false, Households = (s_steps.Length * harms.Length, 2) });
        await BreakageAsync(world.Cluster);
        foreach (var household in world.Mill.Households)
        {
            await ProofLinking.LinkAsync(world, household);
        }

        var told = new List<string>();
        var (rounds, removed) = (new Queue<Household>(world.Mill.Households), 0);
        foreach (var harm in harms)
        {
            var households = s_steps.Select(_ => rounds.Dequeue()).ToList();
            var slowest = await RoundAsync(world, harm, households, removed += households.Count);
            told.Add(FormattableString.Invariant($"{Words(harm)} ≤ {slowest.TotalSeconds:0} s"));
        }

        await TeardownCheck.WholeAsync(world.Cluster);
        await OnceAtRingAsync(world);
        ProofFiles.Figure("J5", $"{s_steps.Length} steps each {string.Join(", ", told)}: {removed} of {removed} complete, one archive and one entry each, no live view ended at Ring twice");
    }

    /// <summary>One camera of each household is removed; each removal meets the harm at another step.</summary>
    private static async Task<TimeSpan> RoundAsync(ProofWorld world, Harm harm, List<Household> households, int complete)
    {
        foreach (var (step, household) in s_steps.Zip(households))
        {
            var device = household.DeviceIds[0];
            var session = await world.Ring.PostAsync($"accounts/{household.Key}/devices/{device}/sessions");
            await LiveViews.RememberAsync(world.Cluster, household, device, session!);
            await world.Cluster.ExecuteAsync($"INSERT INTO proof_breakage VALUES ('{device}', '{step}', '{harm}', {(harm is Harm.Fails ? 2 : 1)})");
        }

        foreach (var household in households)
        {
            await world.Ring.PostAsync($"accounts/{household.Key}/devices/{household.DeviceIds[0]}/take-out");
        }

        if (harm is not Harm.Fails)
        {
            await KillAsync(world, households.Count);
        }

        await TeardownCheck.CompleteAsync(world.Cluster, complete, s_limit + s_limit);
        await world.Cluster.ExecuteAsync("UPDATE proof_breakage SET times = 0");
        var devices = string.Join("','", households.Select(household => household.DeviceIds[0]));
        Assert.Equal(households.Count, await world.Cluster.ScalarAsync<long>($"SELECT count(*) FROM teardowns WHERE ring_device_id IN ('{devices}') AND attempts >= {(harm is Harm.Fails ? 3 : 2)}"));
        var slowest = await world.Cluster.ScalarAsync<TimeSpan>($"SELECT max(completed_at - requested_at) FROM teardowns WHERE ring_device_id IN ('{devices}')");
        Assert.True(slowest <= s_limit, $"{Words(harm)}: complete after {slowest}");
        return slowest;
    }

    /// <summary>Waits until removals stand still in their steps, and kills every instance.</summary>
    private static async Task KillAsync(ProofWorld world, int most)
    {
        var standing = 0L;
        await Eventually.TrueAsync(
            async () => (standing = Math.Max(standing, await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"))) >= most,
            TimeSpan.FromSeconds(45), $"{most} removals stand in their steps");
        await Task.WhenAll(world.Portals.Select(portal => portal.KillAsync().AsTask()));
        await world.Cluster.ExecuteAsync("UPDATE proof_breakage SET times = 0");
        await world.Cluster.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
        foreach (var portal in world.Portals)
        {
            portal.Start();
        }
    }

    /// <summary>Ring is told of each live view, and takes no more than one DELETE for it; one that comes late finds it gone.</summary>
    private static async Task OnceAtRingAsync(ProofWorld world)
    {
        var calls = (await world.Ring.GetAsync("calls")).AsArray().Where(call => call!["operation"]!.GetValue<string>() == "LiveSessionDelete").ToList();
        foreach (var household in world.Mill.Households)
        {
            var statuses = calls.Where(call => call!["account"]?.GetValue<string>() == household.Key).Select(call => call!["status"]!.GetValue<int>()).ToList();
            Assert.True(statuses.Count > 0 && statuses.Count(status => status == 204) <= 1 && statuses.TrueForAll(status => status is 204 or 404), $"{household.Key}: {string.Join(", ", statuses)}");
        }
    }

    /// <summary>Breaks chosen steps of chosen removals: an error, or a long stop at the begin or the end of the step.</summary>
    private static async Task BreakageAsync(ProofCluster cluster) => await cluster.ExecuteAsync(
        """
        CREATE TABLE proof_breakage (device text, step text, harm text, times integer);
        CREATE FUNCTION proof_break() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        DECLARE wanted text;
        BEGIN
          SELECT harm INTO wanted FROM proof_breakage b JOIN teardowns t ON t.ring_device_id = b.device WHERE t.id = NEW.teardown_id AND b.step = NEW.name AND b.times > 0;
          IF wanted = 'Fails' AND NEW.finished_at IS NULL AND NEW.last_error IS NULL THEN
            -- The counter lies outside of what the error undoes: attempts grow with each begin.
            IF (SELECT attempts FROM teardowns WHERE id = NEW.teardown_id) > 2 THEN RETURN NEW; END IF;
            RAISE EXCEPTION 'proof';
          END IF;
          IF (wanted = 'KilledAtItsBegin' AND NEW.finished_at IS NULL) OR (wanted = 'KilledAtItsEnd' AND NEW.finished_at IS NOT NULL) THEN
            PERFORM pg_sleep(60);
          END IF;
          RETURN NEW;
        END $$;
        CREATE TRIGGER proof_break BEFORE INSERT OR UPDATE ON teardown_steps FOR EACH ROW EXECUTE FUNCTION proof_break();
        """);

    private static string Words(Harm harm) => harm switch { Harm.Fails => "failing twice", Harm.KilledAtItsBegin => "killed at its begin", _ => "killed at its end" };
}

/// <summary>J5 in short: cameras and connections are removed while one instance is killed.</summary>
[Collection(ShortProofs.Name)]
[Trait(Tiers.Name, Tiers.Proof)]
[Trait(ProofOf.Name, "J5")]
public sealed class J5ShortProof(ShortWorld fixture)
{
    [Fact]
    public async Task Removals_Whose_Steps_Fail_End_Complete_And_Do_Nothing_Twice()
    {
        var world = fixture.World;
        var leaving = Household.Make(12, 1, "BROKEN");
        await ProofSeed.LinkAsync(world.Cluster, leaving);
        var before = await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM teardowns");
        // Each step of each removal fails at its first try.
        await world.Cluster.ExecuteAsync(
            """
            CREATE FUNCTION proof_fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF NEW.finished_at IS NOT NULL AND NEW.attempts = 1 AND NEW.name IN ('work', 'archive', 'delete') AND random() < 0.5 THEN RAISE EXCEPTION 'proof'; END IF; RETURN NEW; END $$;
            CREATE TRIGGER proof_fails BEFORE UPDATE ON teardown_steps FOR EACH ROW EXECUTE FUNCTION proof_fails();
            """);
        await using (var ring = new RingSender(world.Addresses, new Ledger()))
        {
            await ring.PostAllAsync(leaving.Select((household, number) => world.Mill.Of(household, number % 2 == 0 ? "device_removed" : "app_integration_removed")), 6);
        }

        await TeardownCheck.CompleteAsync(world.Cluster, (int)before + leaving.Count, TimeSpan.FromSeconds(60));
        await world.Cluster.ExecuteAsync("DROP TRIGGER proof_fails ON teardown_steps; DROP FUNCTION proof_fails");
        await TeardownCheck.WholeAsync(world.Cluster);
        var again = await world.Cluster.ScalarAsync<long>("SELECT coalesce(sum(attempts - 1), 0) FROM teardown_steps");
        ProofFiles.Figure("J5", $"{leaving.Count} removals with {again} failed steps: all complete, nothing twice");
    }
}
