using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Account;
using RingPortal.Tests.Account;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Features.Admin.Alarming;

namespace RingPortal.Tests.Admin.Alarming;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class AlarmActsTests : IAsyncLifetime
{
    private const string Reason = "Looking at the failed step now.";
    private readonly AlarmWorld _world = new();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Who_Takes_An_Alarm_Is_Seen_By_All_And_In_The_Trail()
    {
        var alarm = await FireAsync();
        var admin = await StaffCast.PrincipalAsync(_world.Services, PortalRoles.Admin, _world.Now);

        Assert.Equal(new ActOutcome.Done(1), await ActAsync(acts => acts.TakeAsync(admin, alarm, Reason, CancellationToken.None)));

        var open = Assert.Single(await Queries.OpenAsync(CancellationToken.None));
        Assert.Equal(StaffMember.Of(admin)!.Email, open.Taker);
        Assert.Equal(["raised", "taken"], (await Queries.OneAsync(alarm.Id, CancellationToken.None))!.Notes.Select(note => note.Kind));
        Assert.Equal($"alarm:{alarm.Id} {Reason}", await _world.Database.ScalarAsync<string>("SELECT target || ' ' || reason FROM audit_records WHERE action = 'alarm.taken'"));
    }

    [Fact]
    public async Task A_Muted_Alarm_Is_Not_Written_About_For_An_Hour_And_Then_Once_More()
    {
        var alarm = await FireAsync();
        var admin = await StaffCast.PrincipalAsync(_world.Services, PortalRoles.Admin, _world.Now);
        Assert.Equal(new ActOutcome.Done(1), await ActAsync(acts => acts.MuteAsync(admin, alarm, Reason, CancellationToken.None)));

        await _world.Services.GetRequiredService<Alarms>().RaiseAsync("teardown.stuck", RingPortal.Data.Admin.AlarmLevel.Critical, "9 removals hang. Read the reason.", CancellationToken.None);
        await _world.WatchAsync(TimeSpan.FromMinutes(55));
        Assert.Empty(_world.Posts);

        await _world.WatchAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("critical", Assert.Single(_world.Posts).Body.GetProperty("level").GetString());
    }

    [Fact]
    public async Task Support_Changes_Nothing_And_What_Is_Settled_Cannot_Be_Taken()
    {
        var alarm = await FireAsync();
        var support = await StaffCast.PrincipalAsync(_world.Services, PortalRoles.Support, _world.Now);
        Assert.IsType<ActOutcome.NotAllowed>(await ActAsync(acts => acts.TakeAsync(support, alarm, Reason, CancellationToken.None)));
        var admin = await StaffCast.PrincipalAsync(_world.Services, PortalRoles.Admin, _world.Now);
        await _world.Services.GetRequiredService<Alarms>().ResolveAsync("teardown.stuck", CancellationToken.None);

        Assert.Equal(new ActOutcome.Refused("admin.alarm.gone"), await ActAsync(acts => acts.TakeAsync(admin, alarm, Reason, CancellationToken.None)));
        Assert.Equal(0, await _world.Database.ScalarAsync<long>("SELECT count(*) FROM audit_records WHERE action LIKE 'alarm.%'"));
    }

    private AlarmQueries Queries => _world.Services.GetRequiredService<AlarmQueries>();

    private async Task<AlarmView> FireAsync()
    {
        await _world.Services.GetRequiredService<Alarms>().RaiseAsync("teardown.stuck", "3 removals hang. Read the reason.", CancellationToken.None);
        return Assert.Single(await Queries.OpenAsync(CancellationToken.None));
    }

    private async Task<ActOutcome> ActAsync(Func<AlarmActs, Task<ActOutcome>> act)
    {
        await using var scope = _world.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<AlarmActs>());
    }
}
