using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Account;
using RingPortal.Data.Audit;
using RingPortal.Data.Webhooks;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Webhooks.Dispatch;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Webhooks.Desk;
using RingPortal.Web.Features.Webhooks.Dispatch;
using RingPortal.Web.Features.Webhooks.Intake;

namespace RingPortal.Tests.Webhooks.Desk;

/// <summary>What operators see of a delivery and do to it, and who may not.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class InboxDeskTests(EventWorld world) : IClassFixture<EventWorld>
{
    private const string Reason = "mended, see ticket 4711";

    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    [Theory]
    [InlineData(PortalRoles.Support, 0, Reason, typeof(ActOutcome.NotAllowed))]
    [InlineData(PortalRoles.Admin, 16, Reason, typeof(ActOutcome.StepNeeded))]
    [InlineData(PortalRoles.Admin, 0, "because", typeof(ActOutcome.ReasonNeeded))]
    public async Task Who_May_Not_Changes_Nothing_And_Sees_No_Payload(string role, int minutes, string reason, Type refusal)
    {
        var (staff, home) = (await StaffOnDuty.CreateAsync(world.Database, role, TimeSpan.FromMinutes(minutes)), await world.HouseholdAsync(_now));
        var dead = await DeadAsync(home);
        var filter = new InboxFilter(InboxTab.Stopped, Account: home.Account);

        foreach (var outcome in (ActOutcome[])
        [
            await AskAsync(desk => desk.DecideAsync(staff.Person, InboxVerb.Again, [dead], reason, CancellationToken.None)),
            await AskAsync(desk => desk.DecideAsync(staff.Person, InboxVerb.Discard, [dead], reason, CancellationToken.None)),
            await AskAsync(desk => desk.DecideAllAsync(staff.Person, InboxVerb.Discard, filter, reason, CancellationToken.None)),
        ])
        {
            Assert.IsType(refusal, outcome);
        }

        var (seen, body) = await AskAsync(desk => desk.UnfoldAsync(staff.Person, dead, reason, CancellationToken.None));
        Assert.IsType(refusal, seen);
        Assert.Null(body);
        Assert.Equal(InboxState.Dead, (await world.MessageAsync(dead)).State);
        await using var context = world.Context();
        Assert.False(await context.AuditRecords.AnyAsync(record => record.Target == $"delivery:{dead}"));
        Assert.False(await context.InboxBulks.AnyAsync(bulk => bulk.AskedAt >= _now));
    }

    [Fact]
    public async Task A_Delivery_Tells_Each_Try_Also_Those_Before_An_Operator_Had_It_Processed_Again()
    {
        var (staff, home) = (await StaffOnDuty.CreateAsync(world.Database), await world.HouseholdAsync(_now));
        var id = await world.StoreAsync(EventWorld.Event("motion_detected", home.Account, home.RingDevice, _now));
        world.Portal.Services.GetRequiredService<AnswerTimes>().Note(id, Stopwatch.GetTimestamp());
        var body = (await world.MessageAsync(id)).Body;
        await world.Database.ExecuteAsync($"UPDATE webhook_inbox SET body = 'no json', attempts = {RetryPlan.MostAttempts - 2} WHERE id = '{id}'");
        await world.DrainAsync();
        await world.Database.ExecuteAsync($"UPDATE webhook_inbox SET next_attempt_at = now() WHERE id = '{id}'");
        await world.DrainAsync();
        var stopped = (await DeliveryAsync(id))!;
        Assert.Equal((InboxState.Dead, 2), (stopped.State, stopped.Tries.Count));
        Assert.All(stopped.Tries, attempt => Assert.True(attempt is { Error: not null, Outcome: null, By: not null } && attempt.At >= _now));
        Assert.Null(stopped.Payload);

        await MendAsync(id, body);
        Assert.Equal(1, Assert.IsType<ActOutcome.Done>(await AskAsync(desk => desk.DecideAsync(staff.Person, InboxVerb.Again, [id], Reason, CancellationToken.None))).Count);
        await world.DrainAsync();

        var done = (await DeliveryAsync(id))!;
        Assert.Equal((InboxState.Done, 3, "applied"), (done.State, done.Tries.Count, done.Tries[^1].Outcome));
        Assert.NotNull(done.AnsweredIn);
        Assert.Equal(("m***@example.org", "Garden", home.Device), (done.MaskedAccount, done.Camera, done.Device));
        Assert.DoesNotContain(home.Account, done.Payload!, StringComparison.Ordinal);
        await using var context = world.Context();
        var record = await context.AuditRecords.SingleAsync(record => record.Target == $"delivery:{id}" && record.Action == "webhook.again");
        Assert.Equal((AuditActor.Staff, Reason), (record.Actor, record.Reason));
        Assert.IsType<ActOutcome.Refused>(await AskAsync(desk => desk.DecideAsync(staff.Person, InboxVerb.Discard, [id], Reason, CancellationToken.None)));
    }

    [Fact]
    public async Task A_First_Try_That_Went_Well_Is_Told_Without_A_Record_Of_Its_Own()
    {
        var home = await world.HouseholdAsync(_now);
        var message = await world.DeliverAsync(EventWorld.Event("motion_detected", home.Account, home.RingDevice, _now));

        Assert.Null(message.Tries);
        var attempt = Assert.Single((await DeliveryAsync(message.Id))!.Tries);
        Assert.Equal((DeliveryTry.Here, "applied", null), (attempt.By, attempt.Outcome, attempt.Error));
    }

    [Fact]
    public async Task Who_Unfolds_A_Payload_Is_In_The_Trail_With_The_Reason()
    {
        var (staff, home) = (await StaffOnDuty.CreateAsync(world.Database), await world.HouseholdAsync(_now));
        var dead = await DeadAsync(home);

        var (outcome, body) = await AskAsync(desk => desk.UnfoldAsync(staff.Person, dead, Reason, CancellationToken.None));

        Assert.IsType<ActOutcome.Done>(outcome);
        Assert.Contains(home.Account, System.Text.Encoding.UTF8.GetString(body!), StringComparison.Ordinal);
        await using var context = world.Context();
        Assert.Equal(Reason, (await context.AuditRecords.SingleAsync(record => record.Target == $"delivery:{dead}")).Reason);
    }

    [Fact]
    public async Task Ticked_Deliveries_Are_Changed_Together_And_Recorded_Once()
    {
        var (staff, home) = (await StaffOnDuty.CreateAsync(world.Database), await world.HouseholdAsync(_now));
        var (one, other) = (await DeadAsync(home), await DeadAsync(home));
        await using var context = world.Context();
        var before = await context.AuditRecords.CountAsync(record => record.Action == "webhook.discarded");

        Assert.Equal(2, Assert.IsType<ActOutcome.Done>(await AskAsync(desk => desk.DecideAsync(staff.Person, InboxVerb.Discard, [one, other], Reason, CancellationToken.None))).Count);

        Assert.Equal(before + 1, await context.AuditRecords.CountAsync(record => record.Action == "webhook.discarded"));
        Assert.Equal(("discarded", "discarded"), ((await world.MessageAsync(one)).Outcome, (await world.MessageAsync(other)).Outcome));
    }

    private async Task<Guid> DeadAsync(Household home)
    {
        var id = await world.StoreAsync(EventWorld.Event("motion_detected", home.Account, home.RingDevice, _now));
        await world.Database.ExecuteAsync($"UPDATE webhook_inbox SET state = 'Dead', next_attempt_at = NULL, attempts = 8, settled_at = now() WHERE id = '{id}'");
        return id;
    }

    private Task<InboxDelivery?> DeliveryAsync(Guid id) => world.Portal.Services.GetRequiredService<DeliveryQueries>().DeliveryAsync(id, CancellationToken.None);

    private async Task<T> AskAsync<T>(Func<InboxDesk, Task<T>> ask)
    {
        await using var scope = world.Portal.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<InboxDesk>());
    }

    private async Task MendAsync(Guid id, byte[] body)
    {
        await using var context = world.Context();
        await context.Inbox.Where(message => message.Id == id).ExecuteUpdateAsync(set => set.SetProperty(message => message.Body, body));
    }
}
