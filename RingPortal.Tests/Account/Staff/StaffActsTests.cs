using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Data.Audit;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Ring;
using RingPortal.Web.Account.Staff;

namespace RingPortal.Tests.Account.Staff;

/// <summary>Whatever staff changes: only with right, factor and reason of this moment, and never without its record.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class StaffActsTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private const string Reason = "  A customer asked for it on the phone.  ";

    private PortalHost _portal = null!;

    public Task InitializeAsync()
    {
        _portal = PortalHost.Compose(database, settings: new Dictionary<string, string?> { ["Vault:Keys:0"] = RingServices.VaultKey });
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task An_Act_And_Its_Record_Are_One()
    {
        var (admin, subject) = (await AdminAsync(), await ConsumerAsync());
        var act = new StaffAct(NewAction(), "thing:1", Reason) { SubjectUserId = subject, Details = new { state = "open" } };

        var outcome = await RunAsync(admin, act, MarkAsync(subject, 3));

        Assert.Equal(new ActOutcome.Done(3), outcome);
        var record = await RecordAsync(act.Action);
        Assert.Equal((AuditActor.Staff, "thing:1", Reason.Trim()), (record!.Actor, record.Target, record.Reason));
        Assert.Equal("""{"count": 3, "facts": {"state": "open"}}""", record.Details);
        Assert.NotNull(record.ActorId);
        Assert.NotNull(record.SubjectId);
        Assert.Equal("Europe/Paris", await ZoneAsync(subject));
    }

    [Fact]
    public async Task What_Is_Refused_Or_Fails_Leaves_Neither_Change_Nor_Record()
    {
        var (admin, subject) = (await AdminAsync(), await ConsumerAsync());
        var act = new StaffAct(NewAction(), null, Reason);

        var refused = await RunAsync(admin, act, async (context, stop) =>
        {
            await MarkAsync(subject, 1)(context, stop);
            return new ActResult(0, "admin.step.title");
        });
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(admin, act, async (context, stop) =>
        {
            await MarkAsync(subject, 1)(context, stop);
            throw new InvalidOperationException("broken");
        }));

        Assert.Equal(new ActOutcome.Refused("admin.step.title"), refused);
        Assert.Equal((null, null), (await RecordAsync(act.Action), await ZoneAsync(subject)));
    }

    [Theory]
    [InlineData(PortalRoles.Support, 0, typeof(ActOutcome.NotAllowed))]
    [InlineData(null, 0, typeof(ActOutcome.NotAllowed))]
    [InlineData(PortalRoles.Admin, null, typeof(ActOutcome.StepNeeded))]
    [InlineData(PortalRoles.Admin, 16, typeof(ActOutcome.StepNeeded))]
    [InlineData(PortalRoles.Admin, 14, typeof(ActOutcome.Done))]
    public async Task Right_And_Factor_Decide(string? role, int? minutesAgo, Type expected)
    {
        DateTimeOffset? at = minutesAgo is { } minutes ? TimeProvider.System.GetUtcNow().AddMinutes(-minutes) : null;
        var person = await StaffCast.PrincipalAsync(_portal.Services, role, at);
        var (act, subject) = (new StaffAct(NewAction(), null, Reason), await ConsumerAsync());

        var outcome = await RunAsync(person, act, MarkAsync(subject, 1));

        Assert.IsType(expected, outcome);
        Assert.Equal(expected == typeof(ActOutcome.Done), await RecordAsync(act.Action) is not null);
        Assert.Equal(expected == typeof(ActOutcome.Done), await ZoneAsync(subject) is not null);
    }

    [Theory]
    [InlineData("UPDATE users SET security_stamp = 'another' WHERE id = '{0}'")]
    [InlineData("UPDATE users SET lockout_end = '9999-01-01 00:00:00+00' WHERE id = '{0}'")]
    [InlineData("DELETE FROM user_roles WHERE user_id = '{0}'")]
    [InlineData("DELETE FROM users WHERE id = '{0}'")]
    public async Task A_Page_That_Outlived_The_Right_Does_Nothing(string loss)
    {
        var (admin, subject) = (await AdminAsync(), await ConsumerAsync());
        Assert.Equal(1, await database.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, loss, admin.FindFirstValue(ClaimTypes.NameIdentifier))));

        var outcome = await RunAsync(admin, new StaffAct(NewAction(), null, Reason), MarkAsync(subject, 1));

        Assert.IsType<ActOutcome.NotAllowed>(outcome);
        Assert.Null(await ZoneAsync(subject));
    }

    [Fact]
    public async Task A_Stranger_Who_Guesses_Passwords_Does_Not_Stop_The_Work()
    {
        var (admin, subject) = (await AdminAsync(), await ConsumerAsync());
        await database.ExecuteAsync($"UPDATE users SET lockout_end = now() + interval '15 minutes' WHERE id = '{admin.FindFirstValue(ClaimTypes.NameIdentifier)}'");

        Assert.IsType<ActOutcome.Done>(await RunAsync(admin, new StaffAct(NewAction(), null, Reason), MarkAsync(subject, 1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("too short")]
    [InlineData("   too short     ")]
    public async Task A_Reason_Has_Ten_Characters(string reason)
    {
        var (admin, subject) = (await AdminAsync(), await ConsumerAsync());

        Assert.IsType<ActOutcome.ReasonNeeded>(await RunAsync(admin, new StaffAct(NewAction(), null, reason), MarkAsync(subject, 1)));
        Assert.Null(await ZoneAsync(subject));
    }

    private static string NewAction() => $"test.{Guid.NewGuid():N}";

    private static Func<RingPortalContext, CancellationToken, Task<ActResult>> MarkAsync(Guid subject, int count) => async (context, stop) =>
    {
        await context.Users.Where(user => user.Id == subject).ExecuteUpdateAsync(set => set.SetProperty(user => user.TimeZone, "Europe/Paris"), stop);
        return new ActResult(count);
    };

    private async Task<ActOutcome> RunAsync(ClaimsPrincipal person, StaffAct act, Func<RingPortalContext, CancellationToken, Task<ActResult>> effectAsync)
    {
        await using var scope = _portal.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<StaffActs>().RunAsync(person, act, effectAsync, CancellationToken.None);
    }

    private Task<ClaimsPrincipal> AdminAsync() => StaffCast.PrincipalAsync(_portal.Services, PortalRoles.Admin, TimeProvider.System.GetUtcNow());

    private async Task<Guid> ConsumerAsync() =>
        Guid.Parse((await StaffCast.PrincipalAsync(_portal.Services, null, null)).FindFirstValue(ClaimTypes.NameIdentifier)!);

    private async Task<AuditRecord?> RecordAsync(string action)
    {
        await using var context = database.CreateContext();
        return await context.AuditRecords.AsNoTracking().SingleOrDefaultAsync(record => record.Action == action);
    }

    private async Task<string?> ZoneAsync(Guid user)
    {
        await using var context = database.CreateContext();
        return await context.Users.Where(person => person.Id == user).Select(person => person.TimeZone).SingleAsync();
    }
}
