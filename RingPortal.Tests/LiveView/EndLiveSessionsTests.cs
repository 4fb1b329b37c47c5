using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Teardown;
using RingPortal.Web.Features.LiveView;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.LiveView;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class EndLiveSessionsTests(TeardownWorld world) : IClassFixture<TeardownWorld>
{
    [Fact]
    public async Task An_End_That_Is_Rolled_Back_Ends_Nothing_And_One_That_Is_Committed_Ends_Once()
    {
        var household = await world.HouseholdAsync();
        var session = await world.WatchAsync(household);
        await using var context = world.Database.CreateContext();
        await using (await context.Database.BeginTransactionAsync())
        {
            Assert.Equal(1, await Sessions.EndForDeviceAsync(context, household.Cameras[0], "offline", CancellationToken.None));
        }

        await RunAsync(world.First, job => job.RunAsync(household.Cameras[0], CancellationToken.None));
        Assert.Equal(0, world.Ended(household));

        Assert.Equal(1, await Sessions.EndForDeviceAsync(context, household.Cameras[0], "offline", CancellationToken.None));
        Assert.Equal(0, await Sessions.EndForDeviceAsync(context, household.Cameras[0], "offline", CancellationToken.None));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(run =>
            RunAsync(run % 2 == 0 ? world.First : world.Second, job => job.RunAsync(household.Cameras[0], CancellationToken.None))));

        Assert.Equal(1, world.Ring.Calls.Count(RingOperation.LiveSessionDelete, household.Ring.Key));
        var row = await context.LiveSessions.AsNoTracking().SingleAsync(one => one.Id == session);
        Assert.Equal("offline", row.EndReason);
        Assert.NotNull(row.ClosedAt);
    }

    [Fact]
    public async Task What_Ring_Does_Not_Take_Is_Tried_Again_And_Given_Up_When_Ring_Has_Ended_It_Long_Ago()
    {
        var household = await world.HouseholdAsync();
        var session = await world.WatchAsync(household);
        await using var context = world.Database.CreateContext();
        await Sessions.EndForDeviceAsync(context, household.Cameras[0], "offline", CancellationToken.None);
        world.Ring.Faults.Add(Fault.Answer(RingOperation.LiveSessionDelete, 500, times: 2));

        await RunAsync(world.First, job => job.SweepAsync(CancellationToken.None));
        var tried = await context.LiveSessions.AsNoTracking().SingleAsync(one => one.Id == session);
        Assert.Null(tried.ClosedAt);
        Assert.InRange((tried.NextAttemptAt - DateTimeOffset.UtcNow)!.Value.TotalSeconds, -10, 2);

        await world.Database.ExecuteAsync($"UPDATE live_sessions SET next_attempt_at = now(), ended_at = now() - interval '6 minutes' WHERE id = '{session}'");
        await RunAsync(world.Second, job => job.SweepAsync(CancellationToken.None));
        Assert.NotNull((await context.LiveSessions.AsNoTracking().SingleAsync(one => one.Id == session)).ClosedAt);
        Assert.Equal(2, world.Ring.Calls.Count(RingOperation.LiveSessionDelete, status: 500));
        world.Ring.Faults.Clear();
    }

    [Fact]
    public async Task The_Sweep_Ends_What_Its_Page_Forgot()
    {
        var household = await world.HouseholdAsync();
        var (old, young) = (await world.WatchAsync(household), await world.WatchAsync(household, 1));
        await world.Database.ExecuteAsync($"UPDATE live_sessions SET started_at = now() - interval '70 seconds' WHERE id = '{old}'");

        await RunAsync(world.First, job => job.SweepAsync(CancellationToken.None));

        await using var context = world.Database.CreateContext();
        Assert.Equal("limit", (await context.LiveSessions.SingleAsync(one => one.Id == old)).EndReason);
        Assert.Null((await context.LiveSessions.SingleAsync(one => one.Id == young)).EndedAt);
        Assert.Equal(1, world.Ended(household));
        // Left open it would be silent when another test sweeps, and take a fault that is planned there.
        await world.Database.ExecuteAsync($"UPDATE live_sessions SET ended_at = now(), closed_at = now() WHERE id = '{young}'");
    }

    [Theory]
    [InlineData("https://elsewhere.example/v1/devices/a/media/streaming/whep/sessions/b")]
    [InlineData("//elsewhere.example/v1/devices/a/media/streaming/whep/sessions/b")]
    [InlineData("/v1/devices/a")]
    [InlineData("/v1/devices/a/media/streaming/whep/")]
    [InlineData("/v1/devices/a/media/streaming/whep/../../../../accounts/me/app-integrations")]
    [InlineData("/v1/devices/a%2F..%2Fb/media/streaming/whep/sessions/b")]
    [InlineData("/v1/accounts/me/app-integrations")]
    public async Task Nothing_But_The_End_Of_A_Live_View_Is_Ever_Sent(string path)
    {
        var calls = world.Ring.Calls.Count(RingOperation.Any) + world.Ring.Calls.Count(RingOperation.Unknown);

        var answer = await world.First.Services.GetRequiredService<RingClient>().EndLiveSessionAsync("canary", path, CancellationToken.None);

        Assert.IsType<RingFailure.Refused>(answer.Failure);
        Assert.Equal(calls, world.Ring.Calls.Count(RingOperation.Any) + world.Ring.Calls.Count(RingOperation.Unknown));
    }

    private LiveSessions Sessions => world.First.Services.GetRequiredService<LiveSessions>();

    private static async Task RunAsync(PortalHost portal, Func<EndLiveSessionsJob, Task> run)
    {
        await using var scope = portal.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        await run(scope.ServiceProvider.GetRequiredService<EndLiveSessionsJob>());
    }
}
