using Microsoft.Playwright;
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
        await using var world = await ProofWorld.StartAsync("J5", new ProofShape { Ring = true, Browsers = true, Seeded = false, Households = (s_steps.Length * harms.Length, 2) });
        // No stream ends by its limit here.
        await world.Ring.ChangeAsync("live", new { limitSeconds = 600 });
        await BreakageAsync(world.Cluster);
        foreach (var household in world.Mill.Households)
        {
            await ProofLinking.LinkAsync(world, household);
        }

        await using var services = new ProofServices(world);
        var told = new List<string>();
        var (rounds, removed, pages) = (new Queue<Household>(world.Mill.Households), 0, 0);
        foreach (var harm in harms)
        {
            var cameras = new List<LiveCamera>();
            foreach (var _ in s_steps)
            {
                cameras.Add(await LiveCamera.OfAsync(world, rounds.Dequeue()));
            }

            var slowest = await RoundAsync(world, services, harm, cameras, removed += cameras.Count);
            pages += cameras.Count(camera => camera.IsPlayed);
            told.Add(FormattableString.Invariant($"{Words(harm)} ≤ {slowest.TotalSeconds:0} s"));
        }

        await TeardownCheck.WholeAsync(world.Cluster);
        ProofFiles.Figure("J5", $"{s_steps.Length} steps each {string.Join(", ", told)}: {removed} of {removed} complete, one archive and one entry each; each had a live view through the relay ({pages} playing in Chromium) and a schedule: each stream ended at Ring once, each player was told, no picture was taken afterwards");
    }

    /// <summary>
    /// One watched and scheduled camera of each household is removed; each removal meets the harm at another step. Where nobody
    /// is killed, Chromium plays and Ring ends the stream with the removal; else only our word ends it.
    /// </summary>
    private static async Task<TimeSpan> RoundAsync(ProofWorld world, ProofServices services, Harm harm, List<LiveCamera> cameras, int complete)
    {
        var byRing = harm is Harm.Fails;
        await using var screen = byRing ? await ProofScreen.StartAsync(world) : null;
        await WatchAsync(screen, services, cameras);
        foreach (var (step, camera) in s_steps.Zip(cameras))
        {
            await world.Cluster.ExecuteAsync($"INSERT INTO proof_breakage VALUES ('{camera.RingId}', '{step}', '{harm}', {(byRing ? 2 : 1)})");
            await camera.DueAsync();
        }

        foreach (var camera in cameras)
        {
            var account = $"accounts/{camera.Household.Key}";
            await world.Ring.PostAsync(byRing ? $"{account}/devices/{camera.RingId}/take-out" : $"{account}/events/device_removed?device={camera.RingId}");
        }

        var last = await MarkedAsync(world, cameras);
        if (!byRing)
        {
            await KillAsync(world, cameras.Count);
        }

        foreach (var camera in cameras)
        {
            await camera.ToldAsync();
        }

        await TeardownCheck.CompleteAsync(world.Cluster, complete, s_limit + s_limit);
        await world.Cluster.ExecuteAsync("UPDATE proof_breakage SET times = 0");
        foreach (var camera in cameras)
        {
            await camera.EndedOnceAsync(byRing);
            await camera.KeepsNoMoreAsync(last);
        }

        var devices = string.Join("','", cameras.Select(camera => camera.RingId));
        Assert.Equal(cameras.Count, await world.Cluster.ScalarAsync<long>($"SELECT count(*) FROM teardowns WHERE ring_device_id IN ('{devices}') AND attempts >= {(byRing ? 3 : 2)}"));
        var slowest = await world.Cluster.ScalarAsync<TimeSpan>($"SELECT max(completed_at - requested_at) FROM teardowns WHERE ring_device_id IN ('{devices}')");
        Assert.True(slowest <= s_limit, $"{Words(harm)}: complete after {slowest}");
        return slowest;
    }

    /// <summary>All pages stand ready before the first one plays: a live view lasts a minute at most.</summary>
    private static async Task WatchAsync(ProofScreen? screen, ProofServices services, List<LiveCamera> cameras)
    {
        var pages = new List<IPage?>();
        foreach (var camera in cameras)
        {
            pages.Add(screen is null ? null : await screen.OpenAsync(camera.Household, camera.Id));
        }

        await Task.WhenAll(cameras.Zip(pages, (camera, page) => camera.WatchAsync(page)));
        await Task.WhenAll(cameras.Select(camera => camera.KeepAsync(services)));
    }

    /// <summary>The newest call of Ring's ledger when all are marked: what comes later must not be about their pictures.</summary>
    private static async Task<long> MarkedAsync(ProofWorld world, List<LiveCamera> cameras)
    {
        foreach (var camera in cameras)
        {
            await camera.MarkedAsync();
        }

        return await world.Ring.NewestCallAsync();
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
        await Task.WhenAll(world.Portals.Select(portal => portal.StartReadyAsync()));
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
        await ProofSeed.KeepAlbumsAsync(world.Cluster, leaving);
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
            foreach (var delivery in leaving.Select((household, number) => world.Mill.Of(household, number % 2 == 0 ? "device_removed" : "app_integration_removed")))
            {
                // With Ring's further tries: what a busy machine puts off comes again.
                ring.Begin(delivery);
            }

            await ring.WhenDeliveredAsync(TimeSpan.FromSeconds(60));
        }

        await TeardownCheck.CompleteAsync(world.Cluster, (int)before + leaving.Count, TimeSpan.FromSeconds(60));
        await world.Cluster.ExecuteAsync("DROP TRIGGER proof_fails ON teardown_steps; DROP FUNCTION proof_fails");
        await TeardownCheck.WholeAsync(world.Cluster);
        await TeardownCheck.SchedulesCancelledAsync(world.Cluster, leaving);
        var again = await world.Cluster.ScalarAsync<long>("SELECT coalesce(sum(attempts - 1), 0) FROM teardown_steps");
        ProofFiles.Figure("J5", $"{leaving.Count} removals with {again} failed steps: all complete, nothing twice, no schedule left");
    }
}
