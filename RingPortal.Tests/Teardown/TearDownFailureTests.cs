using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Teardown;
using RingPortal.Web.Hosting;
using RingPortal.Web.Hosting.Embedded;

namespace RingPortal.Tests.Teardown;

/// <summary>Teardowns that fail, die or are cut at every step: they end complete, no step lost, no effect twice.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class TearDownFailureTests(TeardownWorld world) : IClassFixture<TeardownWorld>
{
    private static readonly string[] s_order = ["marked", "sessions", "work", "archive", "delete", "told"];

    [Theory]
    [InlineData("sessions", "UPDATE", "live_sessions", false)]
    [InlineData("work", "DELETE", "sync_requests", false)]
    [InlineData("archive", "INSERT", "archives", false)]
    [InlineData("delete", "DELETE", "devices", false)]
    [InlineData("sessions", "UPDATE", "live_sessions", true)]
    [InlineData("work", "DELETE", "sync_requests", true)]
    [InlineData("archive", "INSERT", "audit_records", true)]
    [InlineData("delete", "DELETE", "subscriptions", true)]
    [InlineData("told", "INSERT", "outbox_emails", true)]
    public async Task A_Step_That_Fails_Is_Noted_And_Only_It_Is_Repeated(string step, string right, string table, bool connection)
    {
        var household = await world.HouseholdAsync();
        await world.WatchAsync(household);
        var teardown = connection ? await world.RemoveConnectionAsync(household) : await world.RemoveCameraAsync(household);
        try
        {
            await world.AsOwnerAsync($"REVOKE {right} ON {table} FROM {EmbeddedRoles.Portal}");
            await Assert.ThrowsAnyAsync<Exception>(() => TeardownWorld.RunAsync(world.First, teardown));
            var failed = await world.WorkAsync(teardown);
            Assert.Equal($"{step}: 42501 permission denied for table {table}", failed.LastError);
            Assert.Null(failed.LeaseId);
            Assert.InRange((failed.NextAttemptAt - DateTimeOffset.UtcNow)!.Value.TotalSeconds, -5, 1.1);
        }
        finally
        {
            await world.AsOwnerAsync($"GRANT {right} ON {table} TO {EmbeddedRoles.Portal}");
        }

        await world.MakeDueAsync(teardown);
        Assert.Null(await TeardownWorld.RunAsync(world.Second, teardown));

        var steps = await world.StepsAsync(teardown);
        Assert.Equal(s_order, steps.Select(one => one.Name));
        Assert.All(steps, one => Assert.Equal((true, one.Name == step ? 2 : 1), (one.FinishedAt is not null, one.Attempts)));
        await AssertCompleteAsync(household, teardown, connection);
    }

    [Fact]
    public async Task Cut_Connections_During_The_Call_To_Ring_End_In_One_Complete_Removal()
    {
        var household = await world.HouseholdAsync();
        await world.WatchAsync(household);
        var teardown = await world.RemoveCameraAsync(household);
        using (var gate = world.Ring.Faults.Hold(RingOperation.LiveSessionDelete, afterEffect: true))
        {
            var run = TeardownWorld.RunAsync(world.First, teardown);
            await gate.Arrived;
            await world.CutConnectionsAsync();
            gate.Release();
            await IgnoreTroubleAsync(run);
        }

        await FinishAsync(teardown);
        await AssertCompleteAsync(household, teardown, connection: false);
    }

    [Theory]
    [InlineData("teardown_steps", false)]
    [InlineData("archives", false)]
    [InlineData("devices", true)]
    [InlineData("outbox_emails", true)]
    public async Task Cut_Connections_In_The_Middle_Of_A_Transaction_End_In_One_Complete_Removal(string table, bool connection)
    {
        var household = await world.HouseholdAsync();
        var teardown = connection ? await world.RemoveConnectionAsync(household) : await world.RemoveCameraAsync(household);
        await using (var busy = await world.ConnectAsOwnerAsync())
        await using (var transaction = await busy.BeginTransactionAsync())
        {
            // The run stands before this table until its connection is cut.
            await using var locking = new Npgsql.NpgsqlCommand($"LOCK TABLE {table} IN SHARE MODE", busy, transaction);
            await locking.ExecuteNonQueryAsync();
            var run = TeardownWorld.RunAsync(world.First, teardown);
            await Eventually.TrueAsync(
                async () => run.IsCompleted || await world.Database.ScalarAsync<long>($"SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = '{table}'::regclass") > 0,
                TimeSpan.FromSeconds(20), "the run waits");
            await world.CutConnectionsAsync();
            await IgnoreTroubleAsync(run);
        }

        await FinishAsync(teardown);
        await AssertCompleteAsync(household, teardown, connection);
    }

    [Fact]
    public async Task Whoever_Died_With_The_Lease_Is_Followed_By_Another_Within_A_Minute()
    {
        var household = await world.HouseholdAsync();
        var teardown = await world.RemoveCameraAsync(household);
        await using (var scope = world.First.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope())
        {
            Assert.NotNull(await scope.ServiceProvider.GetRequiredService<TeardownLease>().TakeAsync(teardown, CancellationToken.None));
        }

        var pause = await TeardownWorld.RunAsync(world.Second, teardown);
        Assert.InRange(pause!.Value.TotalSeconds, 1, 60);
        Assert.Single(await world.StepsAsync(teardown));

        await world.EndLeaseAsync(teardown);
        Assert.Null(await TeardownWorld.RunAsync(world.Second, teardown));
        await AssertCompleteAsync(household, teardown, connection: false);
    }

    [Fact]
    public async Task Whoever_Was_Frozen_While_Another_Went_On_Changes_Nothing_When_It_Wakes()
    {
        var household = await world.HouseholdAsync();
        await world.WatchAsync(household);
        var teardown = await world.RemoveCameraAsync(household);
        using var gate = world.Ring.Faults.Hold(RingOperation.LiveSessionDelete, afterEffect: true);
        var frozen = TeardownWorld.RunAsync(world.First, teardown);
        await gate.Arrived;
        await world.EndLeaseAsync(teardown);
        await world.Database.ExecuteAsync($"UPDATE live_sessions SET next_attempt_at = now() - interval '1 second' WHERE device_id = '{household.Cameras[0]}'");

        Assert.Null(await TeardownWorld.RunAsync(world.Second, teardown));
        gate.Release();

        Assert.Null(await frozen);
        Assert.Contains(world.First.Logs.Lines, line => line.Contains("taken over by another instance", StringComparison.Ordinal));
        await AssertCompleteAsync(household, teardown, connection: false);
    }

    [Fact]
    public async Task A_Graceful_Stop_Hands_The_Work_Over_At_Once()
    {
        var household = await world.HouseholdAsync();
        await world.WatchAsync(household);
        var teardown = await world.RemoveCameraAsync(household);
        using var stop = new CancellationTokenSource();
        using (var gate = world.Ring.Faults.Hold(RingOperation.LiveSessionDelete))
        {
            var run = TeardownWorld.RunAsync(world.First, teardown, stop.Token);
            await gate.Arrived;
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        }

        var stopped = await world.WorkAsync(teardown);
        Assert.Null(stopped.LeaseId);
        Assert.Null(stopped.LastError);
        Assert.True(stopped.NextAttemptAt <= DateTimeOffset.UtcNow);
        await world.Database.ExecuteAsync($"UPDATE live_sessions SET next_attempt_at = now() WHERE device_id = '{household.Cameras[0]}'");
        Assert.Null(await TeardownWorld.RunAsync(world.Second, teardown));
        await AssertCompleteAsync(household, teardown, connection: false);
    }

    [Fact]
    public async Task A_Lost_Wake_Up_Is_Found_By_The_Sweep_And_What_Does_Not_End_Raises_An_Alarm()
    {
        var household = await world.HouseholdAsync();
        var teardown = await world.RemoveConnectionAsync(household);
        await SweepAsync();
        Assert.Equal(0, await EnqueuedAsync(teardown));

        await world.Database.ExecuteAsync($"UPDATE teardowns SET next_attempt_at = now() - interval '6 seconds', requested_at = now() - interval '11 minutes' WHERE id = '{teardown}'");
        await SweepAsync();
        Assert.Equal(1, await EnqueuedAsync(teardown));
        Assert.Equal(1, await world.Database.ScalarAsync<long>("SELECT count(*) FROM alarms WHERE key = 'teardown.stuck' AND resolved_at IS NULL"));

        await TeardownWorld.RunAsync(world.First, teardown);
        await SweepAsync();
        Assert.Equal(0, await world.Database.ScalarAsync<long>("SELECT count(*) FROM alarms WHERE key = 'teardown.stuck' AND resolved_at IS NULL"));
    }

    private async Task SweepAsync()
    {
        await using var scope = world.First.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        await scope.ServiceProvider.GetRequiredService<SweepTeardownsJob>().RunAsync(CancellationToken.None);
    }

    private Task<long> EnqueuedAsync(Guid teardown) =>
        world.Database.ScalarAsync<long>($"SELECT count(*) FROM hangfire.job WHERE arguments::text LIKE '%{teardown}%'");

    /// <summary>Goes on as retries and the sweep would, until it is complete.</summary>
    private async Task FinishAsync(Guid teardown)
    {
        for (var round = 0; round < 5 && (await world.WorkAsync(teardown)).CompletedAt is null; round++)
        {
            await world.EndLeaseAsync(teardown);
            await world.MakeDueAsync(teardown);
            await world.Database.ExecuteAsync("UPDATE live_sessions SET next_attempt_at = now() - interval '1 second' WHERE closed_at IS NULL");
            await IgnoreTroubleAsync(TeardownWorld.RunAsync(world.Second, teardown));
        }

        world.ForgetConnections();
    }

    private static async Task IgnoreTroubleAsync(Task run)
    {
        try
        {
            await run;
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            // This is what is tested: the run died of it, or did not.
        }
    }

    private async Task AssertCompleteAsync(Household household, Guid teardown, bool connection)
    {
        Assert.NotNull((await world.WorkAsync(teardown)).CompletedAt);
        Assert.Equal(s_order, (await world.StepsAsync(teardown)).Where(step => step.FinishedAt is not null).Select(step => step.Name));
        await using var context = world.Database.CreateContext();
        var gone = connection ? household.Cameras : [household.Cameras[0]];
        Assert.Equal(0, await context.Devices.IgnoreQueryFilters().CountAsync(device => gone.Contains(device.Id)));
        Assert.Equal(0, await context.DeviceEvents.IgnoreQueryFilters().CountAsync(entry => gone.Contains(entry.DeviceId)));
        Assert.Equal(1, await context.Archives.CountAsync(archive => archive.TeardownId == teardown));
        Assert.Equal(1, await context.AuditRecords.CountAsync(record => record.ArchiveId != null && (record.Target == $"device:{household.Cameras[0]}" || record.Target == $"link:{household.Link}")));
        Assert.Equal(connection ? 1 : 0, await context.OutboxEmails.CountAsync(mail => mail.UserId == household.UserId));
        Assert.InRange(world.Ring.Calls.Count(RingOperation.LiveSessionDelete, household.Ring.Key, 204), 0, connection ? 0 : 1);
        if (!connection)
        {
            Assert.DoesNotContain(world.Ring.Sessions.Opened, session => session.AccountKey == household.Ring.Key);
        }
    }
}
