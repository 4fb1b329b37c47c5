using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Erasure;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Erasure;

/// <summary>Erasures that fail, die or are done twice at every stage: they end complete, and nothing is done twice that may not be.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class ErasureFailureTests(ErasureWorld world) : IClassFixture<ErasureWorld>
{
    [Theory]
    [InlineData("Links", "Removals")]
    [InlineData("Removals", "Deliveries")]
    [InlineData("Deliveries", "Records")]
    [InlineData("Records", "Person")]
    [InlineData("Person", "Done")]
    public async Task A_Stage_Whose_End_Could_Not_Be_Noted_Is_Repeated(string stage, string next)
    {
        var leaver = await world.PersonAsync();
        var erasure = await world.BeginAsync(leaver);
        await world.Homes.AsOwnerAsync(
            $"""
            CREATE OR REPLACE FUNCTION refuse_stage() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''cut''; END';
            CREATE TRIGGER refuse_stage BEFORE UPDATE ON erasures FOR EACH ROW WHEN (NEW.stage = '{next}' AND OLD.stage <> NEW.stage) EXECUTE FUNCTION refuse_stage()
            """);
        try
        {
            await Assert.ThrowsAnyAsync<Exception>(() => world.FinishAsync(erasure));
        }
        finally
        {
            await world.Homes.AsOwnerAsync("DROP TRIGGER refuse_stage ON erasures");
        }

        var failed = await world.WorkAsync(erasure);
        Assert.Equal((stage, $"{stage}: P0001 cut", null), ($"{failed.Stage}", failed.LastError, failed.LeaseId));
        await world.FinishAsync(erasure, world.Homes.Second);

        await AssertGoneOnceAsync(leaver);
    }

    [Fact]
    public async Task Every_Stage_May_Be_Done_Again_From_The_Beginning()
    {
        var leaver = await world.PersonAsync();
        var erasure = await world.BeginAsync(leaver);
        foreach (var reached in new[] { "Removals", "Deliveries", "Records", "Person" })
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    await world.MakeDueAsync(erasure);
                    await StopBeforeAsync(erasure, reached);
                    await world.RunTeardownsAsync(erasure);
                    return $"{(await world.WorkAsync(erasure)).Stage}" == reached;
                },
                TimeSpan.FromSeconds(30), reached);
            await world.Database.ExecuteAsync($"UPDATE erasures SET stage = 'Links' WHERE id = '{erasure}'");
        }

        await world.FinishAsync(erasure);

        await AssertGoneOnceAsync(leaver);
    }

    [Fact]
    public async Task When_An_Instance_Dies_Another_Goes_On_After_Its_Lease_And_Whoever_Wakes_Late_Changes_Nothing()
    {
        var leaver = await world.PersonAsync();
        var erasure = await world.BeginAsync(leaver);
        await using var scope = world.Homes.First.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        var lease = scope.ServiceProvider.GetRequiredService<ErasureLease>();
        var dead = await lease.TakeAsync(erasure, CancellationToken.None);

        var pause = await ErasureWorld.RunAsync(world.Homes.Second, erasure);
        Assert.InRange(pause!.Value, TimeSpan.FromSeconds(10), ErasureLease.Length + ErasureLease.Patience);
        await world.Database.ExecuteAsync($"UPDATE erasures SET lease_until = now() - interval '1 second' WHERE id = '{erasure}'");
        await world.FinishAsync(erasure, world.Homes.Second);

        await Assert.ThrowsAsync<ErasureLeaseLostException>(() => lease.KeepAsync(dead!, CancellationToken.None));
        Assert.Equal(0, await lease.ReleaseAsync(dead!, "late", CancellationToken.None));
        await AssertGoneOnceAsync(leaver);
    }

    [Fact]
    public async Task Ring_Is_Not_Told_Again_By_Whoever_Takes_Over()
    {
        var leaver = await world.PersonAsync();
        var erasure = await world.BeginAsync(leaver);
        // An instance died between telling Ring and erasing the tokens.
        await world.Database.ExecuteAsync($"UPDATE erasures SET told_links = ARRAY['{leaver.Home.Link}'::uuid] WHERE id = '{erasure}'");

        await world.FinishAsync(erasure);

        Assert.Equal(0, world.Homes.Ring.Calls.Count(RingOperation.AppIntegrationsPatch, leaver.Home.Ring.Key));
        Assert.Empty(await world.FindAsync(leaver));
    }

    [Fact]
    public async Task A_Token_That_Does_Not_Open_Holds_Nothing_Up()
    {
        var leaver = await world.PersonAsync();
        await world.Database.ExecuteAsync($"UPDATE ring_tokens SET sealed_access_token = sealed_refresh_token WHERE id = '{leaver.Home.Link}'");

        await world.FinishAsync(await world.BeginAsync(leaver));

        Assert.Equal(0, world.Homes.Ring.Calls.Count(RingOperation.AppIntegrationsPatch, leaver.Home.Ring.Key));
        Assert.Empty(await world.FindAsync(leaver));
    }

    [Fact]
    public async Task What_Was_Forgotten_Is_Found_By_The_Sweep_And_What_Does_Not_End_Is_Told()
    {
        var leaver = await world.PersonAsync();
        var erasure = await world.BeginAsync(leaver);
        await world.Database.ExecuteAsync($"UPDATE erasures SET next_attempt_at = now() - interval '1 minute' WHERE id = '{erasure}'; DELETE FROM hangfire.job");

        await SweepAsync();
        Assert.Equal(1, await world.Database.ScalarAsync<long>($"SELECT count(*) FROM hangfire.job WHERE arguments::text LIKE '%{erasure}%'"));
        Assert.Equal(0, await AlarmsAsync());
        await world.Database.ExecuteAsync($"UPDATE erasures SET requested_at = now() - interval '11 minutes' WHERE id = '{erasure}'");
        await SweepAsync();
        Assert.Equal(1, await AlarmsAsync());

        await world.FinishAsync(erasure);
        await SweepAsync();
        Assert.Equal(0, await AlarmsAsync());
    }

    /// <summary>Runs until a stage is reached; the trigger stops it from being done.</summary>
    private async Task StopBeforeAsync(Guid erasure, string stage)
    {
        var next = stage switch { "Removals" => "Deliveries", "Deliveries" => "Records", "Records" => "Person", _ => "Done" };
        await world.Homes.AsOwnerAsync(
            $"""
            CREATE OR REPLACE FUNCTION refuse_stage() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''cut''; END';
            CREATE TRIGGER refuse_stage BEFORE UPDATE ON erasures FOR EACH ROW WHEN (NEW.stage = '{next}' AND OLD.stage <> NEW.stage) EXECUTE FUNCTION refuse_stage()
            """);
        try
        {
            await ErasureWorld.RunAsync(world.Homes.First, erasure);
        }
        catch (Exception exception) when (exception.GetBaseException().Message.Contains("cut", StringComparison.Ordinal))
        {
            // That is as far as it was to come.
        }
        finally
        {
            await world.Homes.AsOwnerAsync("DROP TRIGGER refuse_stage ON erasures");
        }
    }

    private async Task AssertGoneOnceAsync(Person leaver)
    {
        Assert.Equal(1, world.Homes.Ring.Calls.Count(RingOperation.AppIntegrationsPatch, leaver.Home.Ring.Key));
        await world.SendMailAsync();
        Assert.Empty(await world.FindAsync(leaver));
        await using var context = world.Database.CreateContext();
        var erased = await context.AuditRecords.CountAsync(record => record.Action == "person.erased");
        Assert.Equal(erased, await context.Erasures.CountAsync(work => work.CompletedAt != null));
        Assert.Equal(erased, await context.OutboxEmails.CountAsync(mail => mail.Kind == "erased" && mail.SentAt != null));
    }

    private async Task SweepAsync()
    {
        await using var scope = world.Homes.First.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        await scope.ServiceProvider.GetRequiredService<SweepErasuresJob>().RunAsync(CancellationToken.None);
    }

    private Task<long> AlarmsAsync() => world.Database.ScalarAsync<long>("SELECT count(*) FROM alarms WHERE key = 'erasure.stuck' AND resolved_at IS NULL");
}
