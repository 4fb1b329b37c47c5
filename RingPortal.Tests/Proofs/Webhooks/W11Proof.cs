using System.Diagnostics;
using RingPortal.Data;
using RingPortal.Data.Webhooks;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Webhooks.Desk;

namespace RingPortal.Tests.Proofs.Webhooks;

/// <summary>W11: events that cannot be applied hold up no others, stop after bounded tries, and can be run again or discarded.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "W11")]
public sealed class W11Proof
{
    private const int Events = 2_000;
    private const int Poisoned = 20;
    private static readonly TimeSpan s_others = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_minute = TimeSpan.FromSeconds(2.5);

    [Fact]
    public async Task Poison_Stops_After_Eight_Tries_And_Holds_Up_Nobody()
    {
        using var clock = new SteeredClock();
        await using var world = await ProofWorld.StartAsync("W11", new ProofShape { ServerEnvironment = clock.Environment, Environments = [clock.Environment, clock.Environment] });
        var victim = world.Mill.Households[0];
        await world.Cluster.ExecuteAsync(
            $"""
            CREATE FUNCTION proof_poison() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
              IF EXISTS (SELECT 1 FROM devices WHERE id = NEW.device_id AND ring_device_id = '{victim.DeviceIds[0]}') AND EXISTS (SELECT 1 FROM webhook_inbox WHERE id = NEW.inbox_id AND request_id LIKE 'poison-%')
              THEN RAISE EXCEPTION 'proof' USING ERRCODE = '22000'; END IF; RETURN NEW; END $$;
            CREATE TRIGGER proof_poison BEFORE INSERT ON device_events FOR EACH ROW EXECUTE FUNCTION proof_poison();
            """);
        var others = await SendAsync(world, victim);
        await UntilDeadAsync(world, clock);
        var tries = await world.Cluster.ScalarAsync<int>("SELECT max(attempts) FROM webhook_inbox");
        Assert.Equal(8, tries);
        Assert.Equal(Poisoned, await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM webhook_inbox WHERE state = 'Dead' AND last_error <> '' AND attempts = 8"));
        Assert.Equal(1, await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM alarms WHERE key = 'webhook.dead'"));
        await DecideAsync(world);
        ProofFiles.Figure("W11", $"{Poisoned} of {Events} poisoned: the other {Events - Poisoned} done {others.TotalSeconds:0.0} s after the last was taken; each poisoned one stopped after {tries} tries with its error and an alarm; {Poisoned / 2} mended and run again took effect, {Poisoned / 2} discarded, each decision in the audit trail");
    }

    /// <summary>Sends everything at once; answers with how long the healthy ones took after the last acknowledgement.</summary>
    private static async Task<TimeSpan> SendAsync(ProofWorld world, Household victim)
    {
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        var every = Events / Poisoned;
        var events = Enumerable.Range(0, Events).Select(number => number % every == 0 ? Poison(world.Mill, victim, number) : world.Mill.Next());
        await ring.PostAllAsync(events, 32);
        Assert.Equal(Events, ledger.Count);
        var waited = Stopwatch.StartNew();
        await Eventually.TrueAsync(async () => await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM device_events") == Events - Poisoned, s_others + s_others, "the healthy events are done");
        Assert.True(waited.Elapsed <= s_others, $"The healthy events took {waited.Elapsed}");
        return waited.Elapsed;
    }

    private static RingDelivery Poison(EventMill mill, Household victim, int number)
    {
        var made = mill.Of(victim, "motion_detected");
        var id = FormattableString.Invariant($"poison-{number}");
        return mill.Sign(id, System.Text.Encoding.UTF8.GetString(made.Body).Replace(made.RequestId, id, StringComparison.Ordinal));
    }

    /// <summary>The pauses grow to half an hour: the clock is put forward until the last try is made.</summary>
    private static async Task UntilDeadAsync(ProofWorld world, SteeredClock clock)
    {
        for (var minutes = 0; await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM webhook_inbox WHERE state = 'Dead'") < Poisoned; minutes++)
        {
            Assert.True(minutes < 120, "Not stopped within two hours.");
            clock.Advance(TimeSpan.FromMinutes(1));
            await Moments.PassAsync(s_minute);
        }
    }

    /// <summary>Half are run again after the cause is mended, half are discarded.</summary>
    private static async Task DecideAsync(ProofWorld world)
    {
        await world.Cluster.ExecuteAsync("DROP TRIGGER proof_poison ON device_events");
        var dead = await world.Cluster.ScalarAsync<Guid[]>("SELECT array_agg(id) FROM webhook_inbox WHERE state = 'Dead'");
        await using var services = new ProofServices(world);
        var staff = await services.AskAsync((RingPortalContext context) => StaffOnDuty.CreateAsync(context));
        foreach (var (index, id) in dead.Index())
        {
            Assert.IsType<ActOutcome.Done>(await services.AskAsync((InboxDesk desk) => index % 2 == 0
                ? desk.DecideAsync(staff.Person, InboxVerb.Again, [id], "mended by us", CancellationToken.None)
                : desk.DecideAsync(staff.Person, InboxVerb.Discard, [id], "of no use any more", CancellationToken.None)));
        }

        await EffectCheck.DrainedAsync(world.Cluster, TimeSpan.FromMinutes(1));
        Assert.Equal(Events - (Poisoned / 2), await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM device_events"));
        Assert.Equal(Poisoned / 2, await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM webhook_inbox WHERE outcome = 'discarded'"));
        Assert.Equal(Poisoned, await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM audit_records WHERE action IN ('webhook.again', 'webhook.discarded') AND actor_id IS NOT NULL"));
    }
}
