using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Webhooks;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Webhooks.Desk;
using RingPortal.Web.Features.Webhooks.Dispatch;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Webhooks.Dispatch;

/// <summary>A delivery whose body no handler can read: what a mistake of ours, or damage, looks like to the dispatcher.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class PoisonTests(EventWorld world) : IClassFixture<EventWorld>
{
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task One_Bad_Delivery_Does_Not_Hold_Up_The_Others()
    {
        var home = await world.HouseholdAsync(_now);
        var (good, bad) = await StoreTenWithOneBadAsync(home);

        await world.DrainAsync();

        foreach (var id in good)
        {
            Assert.Equal("applied", (await world.MessageAsync(id)).Outcome);
        }

        var message = await world.MessageAsync(bad);
        Assert.Equal(InboxState.Due, message.State);
        Assert.InRange(message.Attempts, 1, RetryPlan.MostAttempts - 1);
        Assert.NotNull(message.LastError);
        Assert.True(message.NextAttemptAt > _now);
    }

    [Fact]
    public async Task It_Stops_After_Eight_Tries_And_An_Operator_Can_Have_It_Processed_Again()
    {
        var home = await world.HouseholdAsync(_now);
        var bad = await world.StoreAsync(EventWorld.Event("motion_detected", home.Account, home.RingDevice, _now));
        var body = (await world.MessageAsync(bad)).Body;
        await BreakAsync(bad);

        for (var rounds = 0; rounds <= RetryPlan.MostAttempts; rounds++)
        {
            await DueNowAsync(bad);
            await world.DrainAsync();
        }

        var dead = await world.MessageAsync(bad);
        Assert.Equal((InboxState.Dead, RetryPlan.MostAttempts, null), (dead.State, dead.Attempts, dead.NextAttemptAt));

        await MendAsync(bad, body);
        var staff = await StaffOnDuty.CreateAsync(world.Database);
        await using var scope = world.Portal.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        var desk = scope.ServiceProvider.GetRequiredService<InboxDesk>();
        Assert.IsType<ActOutcome.Done>(await desk.DecideAsync(staff.Person, InboxVerb.Again, [bad], "body restored from Ring's replay", CancellationToken.None));
        await world.DrainAsync();
        Assert.Equal("applied", (await world.MessageAsync(bad)).Outcome);
        Assert.IsType<ActOutcome.Refused>(await desk.DecideAsync(staff.Person, InboxVerb.Discard, [bad], "it is too late for that", CancellationToken.None));
        await using var context = world.Context();
        Assert.Equal(1, await context.AuditRecords.CountAsync(record => record.Action == "webhook.again" && record.Target == $"delivery:{bad}"));
    }

    [Fact]
    public void Pauses_Grow_From_A_Second_To_Half_An_Hour()
    {
        var pauses = Enumerable.Range(1, RetryPlan.MostAttempts).Select(attempts => RetryPlan.PauseAfter(attempts, 0)).ToList();

        Assert.Equal(TimeSpan.FromSeconds(1), pauses[0]);
        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal(TimeSpan.FromMinutes(30), pauses[^1]);
        Assert.All(Enumerable.Range(1, 8), attempts => Assert.InRange(RetryPlan.PauseAfter(attempts, 1), pauses[attempts - 1] * 0.8, pauses[attempts - 1]));
    }

    [Fact]
    public async Task A_Batch_That_Loses_Its_Connection_Leaves_Everything_Due()
    {
        var home = await world.HouseholdAsync(_now);
        var id = await world.StoreAsync(EventWorld.Event("device_offline", home.Account, home.RingDevice, _now));
        await using var blocker = await world.Database.Source.OpenConnectionAsync();
        await using var holding = await blocker.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand($"SELECT 1 FROM devices WHERE id = '{home.Device}' FOR UPDATE", blocker, holding))
        {
            await hold.ExecuteNonQueryAsync();
        }

        // The handler waits for the camera's row; its connection is cut meanwhile.
        var draining = world.DrainAsync();
        await Eventually.TrueAsync(
            async () => await world.Database.ExecuteAsync(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FOR NO KEY UPDATE%'") != 0
                && draining.IsCompleted,
            TimeSpan.FromSeconds(20));
        await holding.RollbackAsync();
        await Record.ExceptionAsync(() => draining);
        await DueNowAsync(id);
        await world.DrainAsync();

        Assert.Equal("applied", (await world.MessageAsync(id)).Outcome);
        Assert.False((await world.DeviceAsync(home))!.Online);
    }

    private async Task<(IReadOnlyList<Guid> Good, Guid Bad)> StoreTenWithOneBadAsync(Household home)
    {
        var ids = new List<Guid>();
        for (var index = 0; index < 10; index++)
        {
            ids.Add(await world.StoreAsync(EventWorld.Event("motion_detected", home.Account, home.RingDevice, _now.AddSeconds(-index))));
        }

        await BreakAsync(ids[4]);
        return ([.. ids.Where((_, index) => index != 4)], ids[4]);
    }

    private Task<int> BreakAsync(Guid id) => world.Database.ExecuteAsync($"UPDATE webhook_inbox SET body = 'no json' WHERE id = '{id}'");

    private Task<int> DueNowAsync(Guid id) => world.Database.ExecuteAsync($"UPDATE webhook_inbox SET next_attempt_at = now() - interval '1 second' WHERE id = '{id}' AND state = 'Due'");

    private async Task MendAsync(Guid id, byte[] body)
    {
        await using var context = world.Context();
        await context.Inbox.Where(message => message.Id == id).ExecuteUpdateAsync(set => set.SetProperty(message => message.Body, body));
    }
}
