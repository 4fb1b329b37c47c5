using System.Diagnostics;
using RingPortal.Migrations;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Jobs;

/// <summary>J4: what is due each minute is done each minute, whatever becomes of single instances. A minute ends early once its job is handed out.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "J4")]
public sealed class J4Proof
{
    private const int Slots = 200;
    private const int SlotsPerKill = 10;
    private static readonly TimeSpan s_slot = TimeSpan.FromSeconds(58);
    private const string Recurring = "clean-up-pool";

    /// <summary>
    /// The minutes in which the job was handed out, with how often; and those whose job was done. A scheduler that dies in
    /// the middle leaves a job without a state, which nobody runs and whose slot is handed out again.
    /// </summary>
    private const string SlotSql =
        $"""
        SELECT count(DISTINCT date_trunc('minute', job.createdat)), count(*),
               count(DISTINCT date_trunc('minute', job.createdat)) FILTER (WHERE job.statename = 'Succeeded')
        FROM {PortalMigrator.HangfireSchema}.job job
        JOIN {PortalMigrator.HangfireSchema}.jobparameter parameter ON parameter.jobid = job.id AND parameter.name = 'RecurringJobId' AND parameter.value = '"{Recurring}"'
        WHERE job.statename IS NOT NULL AND job.createdat >= @from AND job.createdat < @until
        """;

    [Fact]
    public async Task Every_Slot_Is_Done_Though_Instances_Are_Killed()
    {
        using var clock = new SteeredClock();
        await using var world = await ProofWorld.StartAsync("J4", new ProofShape
        {
            Portals = 3,
            Households = (1, 1),
            ServerEnvironment = clock.Environment,
            Environments = [clock.Environment, clock.Environment, clock.Environment],
        });
        clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(async () => (await CountAsync(world, DateTime.UnixEpoch, DateTime.UnixEpoch.AddYears(1000))).Runs > 0, TimeSpan.FromMinutes(2), "the timetable is registered");
        var from = clock.NextMinute();
        var began = Stopwatch.StartNew();
        await PassAsync(world, from);
        for (var slot = 2; slot <= Slots; slot++)
        {
            var minute = clock.NextMinute();
            if (slot % SlotsPerKill == 0)
            {
                var victim = world.Portals[slot / SlotsPerKill % world.Portals.Count];
                await victim.KillAsync();
                victim.Start();
            }

            await PassAsync(world, minute);
        }

        var until = from + TimeSpan.FromMinutes(Slots);
        var (slots, runs, done) = (0L, 0L, 0L);
        await Eventually.TrueAsync(async () => ((slots, runs, done) = await CountAsync(world, from, until)).done >= slots, TimeSpan.FromMinutes(3), "what was handed out is done");
        Assert.True(slots == Slots, $"{Slots - slots} of {Slots} slots were missed");
        ProofFiles.Figure("J4", $"{Slots} minutes in {began.Elapsed.TotalMinutes:0} on 3 instances, {Slots / SlotsPerKill} kills: {slots} handed out, {done} done, {runs - slots} a second time (changes nothing), 0 missed");
    }

    /// <summary>The minute goes by: at its end whether or not its job was handed out, which is counted afterwards.</summary>
    private static async Task PassAsync(ProofWorld world, DateTime minute)
    {
        var passed = Stopwatch.StartNew();
        while (passed.Elapsed < s_slot && (await CountAsync(world, minute, minute.AddMinutes(1))).Runs == 0)
        {
            await Moments.PassAsync(TimeSpan.FromMilliseconds(100));
        }
    }

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
