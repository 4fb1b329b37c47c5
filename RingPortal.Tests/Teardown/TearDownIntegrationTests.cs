using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Notifications;
using RingPortal.Data.Teardown;
using RingPortal.Data.Tokens;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Notifications;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Teardown;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class TearDownIntegrationTests(TeardownWorld world) : IClassFixture<TeardownWorld>
{
    [Fact]
    public async Task Tokens_And_Live_Views_Are_Gone_With_The_First_Commit_And_Ring_Is_Never_Called_Again()
    {
        var household = await world.HouseholdAsync(cameras: 3);
        var session = await world.WatchAsync(household);
        var calls = world.Ring.Calls.Count(RingOperation.Any, household.Ring.Key);

        var teardown = await world.RemoveConnectionAsync(household);

        await using var context = world.Database.CreateContext();
        var row = await context.RingTokens.AsNoTracking().SingleAsync(link => link.Id == household.Link);
        Assert.Equal((RingTokenState.Removed, null, null), (row.State, row.SealedAccessToken, row.SealedRefreshToken));
        Assert.Equal(0, await context.Devices.CountAsync(device => device.UserId == household.UserId));
        Assert.Equal(0, await context.SyncRequests.CountAsync(request => request.RingTokenId == household.Link));
        Assert.NotNull((await context.LiveSessions.AsNoTracking().SingleAsync(one => one.Id == session)).ClosedAt);

        await Task.WhenAll(TeardownWorld.RunAsync(world.First, teardown), TeardownWorld.RunAsync(world.Second, teardown));
        var answer = await world.First.Services.GetRequiredService<LinkAccess>().CallAsync(
            household.Link, (token, ct) => world.First.Services.GetRequiredService<RingClient>().GetUserAsync(token, ct), CancellationToken.None);

        Assert.IsType<RingFailure.Unauthorized>(answer.Failure);
        Assert.Equal(calls, world.Ring.Calls.Count(RingOperation.Any, household.Ring.Key));
        Assert.NotNull((await world.WorkAsync(teardown)).CompletedAt);
    }

    [Fact]
    public async Task The_Whole_Household_Goes_Into_One_Archive()
    {
        var household = await world.HouseholdAsync(cameras: 3, events: 20);
        var teardown = await world.RemoveConnectionAsync(household);
        await TeardownWorld.RunAsync(world.First, teardown);

        await using var context = world.Database.CreateContext();
        var archive = await context.Archives.AsNoTracking().SingleAsync(row => row.TeardownId == teardown);
        var content = await world.Second.Services.GetRequiredService<Archives>().OpenAsync(context, archive.Id, household.UserId, "a test of the archive", CancellationToken.None);
        using var document = JsonDocument.Parse(content!);
        Assert.Equal([20, 20, 20], document.RootElement.GetProperty("cameras").EnumerateArray().Select(camera => camera.GetProperty("events").GetArrayLength()));
        Assert.Equal(1, document.RootElement.GetProperty("plans").GetArrayLength());
        Assert.Equal(0, await context.Devices.IgnoreQueryFilters().CountAsync(device => device.RingTokenId == household.Link));
        Assert.Equal(0, await context.Subscriptions.CountAsync(plan => plan.RingTokenId == household.Link));
        Assert.Equal("3 cameras, 60 events, 0 pictures", (await world.StepsAsync(teardown))[4].Result);
    }

    [Fact]
    public async Task A_Camera_Removed_Just_Before_Its_Connection_Is_Torn_Down_With_It()
    {
        var household = await world.HouseholdAsync();
        var camera = await world.RemoveCameraAsync(household);
        var connection = await world.RemoveConnectionAsync(household);

        await TeardownWorld.RunAsync(world.First, connection);
        await TeardownWorld.RunAsync(world.First, camera);

        Assert.Equal("gone with its connection", (await world.StepsAsync(camera))[3].Result);
        Assert.All([await world.WorkAsync(camera), await world.WorkAsync(connection)], work => Assert.NotNull(work.CompletedAt));
    }

    [Theory]
    [InlineData(TeardownCause.Webhook, "Ring told us that")]
    [InlineData(TeardownCause.Person, "was disconnected in your")]
    [InlineData(TeardownCause.Replaced, "was connected anew")]
    [InlineData(TeardownCause.Operator, "the support team of")]
    public async Task The_Person_Is_Told_Why_At_A_Confirmed_Address_And_Once(TeardownCause cause, string words)
    {
        var household = await world.HouseholdAsync();
        var teardown = await world.RemoveConnectionAsync(household, cause);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TeardownWorld.RunAsync(world.First, teardown)));

        var mail = Assert.Single(await MailsAsync(household));
        Assert.Equal(MailKind.Disconnected, mail.Kind);
        var message = world.Second.Services.GetRequiredService<Outbox>().Open(mail);
        Assert.Contains("n***e@example.com", message.Subject, StringComparison.Ordinal);
        Assert.Contains(words, message.Text, StringComparison.Ordinal);
        Assert.Contains(DateTimeOffset.UtcNow.Year.ToString(CultureInfo.InvariantCulture), message.Text, StringComparison.Ordinal);
        Assert.Equal("by page and e-mail", (await world.StepsAsync(teardown))[5].Result);
    }

    [Fact]
    public async Task An_Unconfirmed_Address_Gets_No_Message()
    {
        var household = await world.HouseholdAsync(confirmed: false);
        var teardown = await world.RemoveConnectionAsync(household);
        await TeardownWorld.RunAsync(world.First, teardown);

        Assert.Empty(await MailsAsync(household));
        Assert.Equal("by page; no confirmed address", (await world.StepsAsync(teardown))[5].Result);
    }

    private async Task<List<OutboxEmail>> MailsAsync(Household household)
    {
        await using var context = world.Database.CreateContext();
        return await context.OutboxEmails.AsNoTracking().Where(mail => mail.UserId == household.UserId).ToListAsync();
    }
}
