using RingPortal.Migrations;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Jobs;

/// <summary>J4: what is due each minute is done each minute, whatever becomes of single instances. An hour passes in three minutes.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "J4")]
public sealed class J4Proof
{
    private const int Speed = 20;
    private const int Slots = 200;
    private const int SlotsPerKill = 10;
    private const string Recurring = "clean-up-pool";

    /// <summary>The minutes in which the job was handed out, with how often; and those whose job was done.</summary>
    private const string SlotSql =
        $"""
        SELECT count(DISTINCT date_trunc('minute', job.createdat)), count(*),
               count(DISTINCT date_trunc('minute', job.createdat)) FILTER (WHERE job.statename = 'Succeeded')
        FROM {PortalMigrator.HangfireSchema}.job job
        JOIN {PortalMigrator.HangfireSchema}.jobparameter parameter ON parameter.jobid = job.id AND parameter.name = 'RecurringJobId' AND parameter.value = '"{Recurring}"'
        WHERE job.createdat >= @from AND job.createdat < @until
        """;

    [Fact]
    public async Task Every_Slot_Is_Done_Though_Instances_Are_Killed()
    {
        var clock = FakeClock.Faster(Speed);
        await using var world = await ProofWorld.StartAsync("J4", new ProofShape { Portals = 3, Households = (1, 1), ServerEnvironment = clock, Environments = [clock, clock, clock] });
        var from = await MinuteAsync(world) + TimeSpan.FromMinutes(2);
        var until = from + TimeSpan.FromMinutes(Slots);
        for (var next = from; next < until; next += TimeSpan.FromMinutes(SlotsPerKill))
        {
            await Eventually.TrueAsync(async () => await MinuteAsync(world) >= next, TimeSpan.FromMinutes(5), "time passes");
            var victim = world.Portals[(int)((next - from).TotalMinutes / SlotsPerKill) % world.Portals.Count];
            await victim.KillAsync();
            victim.Start();
        }

        await Eventually.TrueAsync(async () => await MinuteAsync(world) >= until, TimeSpan.FromMinutes(5), "time passes");
        var (slots, runs, done) = (0L, 0L, 0L);
        await Eventually.TrueAsync(async () => ((slots, runs, done) = await CountAsync(world, from, until)).done >= slots, TimeSpan.FromMinutes(3), "what was handed out is done");
        Assert.True(slots == Slots, $"{Slots - slots} of {Slots} slots were missed");
        ProofFiles.Figure("J4", $"{Slots} slots on 3 instances, clock × {Speed}, {Slots / SlotsPerKill} kills: {slots} handed out, {done} done, {runs - slots} a second time (changes nothing), 0 missed");
    }

    private static async Task<DateTime> MinuteAsync(ProofWorld world) => await world.Cluster.ScalarAsync<DateTime>("SELECT date_trunc('minute', clock_timestamp())");

    private static async Task<(long Slots, long Runs, long Done)> CountAsync(ProofWorld world, DateTime from, DateTime until)
    {
        await using var command = world.Cluster.Source.CreateCommand(SlotSql);
        command.Parameters.AddWithValue("from", from);
        command.Parameters.AddWithValue("until", until);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }
}
