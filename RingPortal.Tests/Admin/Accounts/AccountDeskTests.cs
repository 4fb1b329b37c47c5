using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Account;
using RingPortal.Data.Audit;
using RingPortal.Tests.Account;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Ring;
using RingPortal.Web.Account.Passwords;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Admin.Accounts;
using RingPortal.Web.Features.Devices.Feed;

namespace RingPortal.Tests.Admin.Accounts;

/// <summary>What administrators do with accounts, on two instances with one database.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class AccountDeskTests : IAsyncLifetime
{
    private const string Reason = "Asked for on the phone, ticket 4711";

    /// <summary>The promise is 5 s; the rest is a busy machine.</summary>
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(8);

    private readonly AccountHost _first = new AccountHost().With("Vault:Keys:0", RingServices.VaultKey);
    private AccountHost _second = null!;
    private ClaimsPrincipal _admin = null!;

    public async Task InitializeAsync()
    {
        await _first.InitializeAsync();
        _second = new AccountHost(_first.Database).With("Vault:Keys:0", RingServices.VaultKey);
        await _second.InitializeAsync();
        _admin = await StaffCast.PrincipalAsync(_first.Services, PortalRoles.Admin, TimeProvider.System.GetUtcNow());
    }

    public async Task DisposeAsync()
    {
        await _second.DisposeAsync();
        await _first.DisposeAsync();
    }

    [Fact]
    public async Task Locking_Ends_Every_Session_On_Every_Instance_And_Lets_Nobody_In()
    {
        var (account, email, browser) = await PersonAsync(_second);
        var heard = new ConcurrentQueue<FeedChange>();
        using var page = _second.Services.GetRequiredService<DeviceFeed>().Subscribe(account, changes =>
        {
            foreach (var change in changes)
            {
                heard.Enqueue(change);
            }

            return Task.CompletedTask;
        });
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/Account")).StatusCode);

        Assert.Equal(new ActOutcome.Done(1), await DoAsync(desk => desk.LockAsync(_admin, account, Reason, CancellationToken.None)));

        await Eventually.TrueAsync(() => heard.Any(change => change.Kind is FeedKind.Session or FeedKind.Everything), s_soon, "open pages of the other instance are told");
        await Eventually.TrueAsync(async () => (await browser.GetAsync("/Account")).StatusCode is HttpStatusCode.Found, s_soon, "the session on the other instance is over");
        using var again = new Visitor(_second.Address);
        Assert.Equal(HttpStatusCode.BadRequest, (await again.SignInAsync(email)).StatusCode);
        var record = await RecordAsync("account.locked");
        Assert.Equal((AuditActor.Staff, Reason, $"account:{account}"), (record.Actor, record.Reason, record.Target));
        // A right password that was being compared meanwhile takes nothing away.
        await using (var scope = _first.Services.CreateAsyncScope())
        {
            var attempts = scope.ServiceProvider.GetRequiredService<PasswordAttempts>();
            await attempts.ClearAsync(account, CancellationToken.None);
            await attempts.GiveBackAsync(new PasswordTry(account, Locks: true), CancellationToken.None);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await again.SignInAsync(email)).StatusCode);
        Assert.IsType<ActOutcome.Done>(await DoAsync(desk => desk.UnlockAsync(_admin, account, Reason, CancellationToken.None)));
        Assert.Equal(HttpStatusCode.Found, (await again.SignInAsync(email)).StatusCode);
        browser.Dispose();
    }

    [Fact]
    public async Task Ending_Sessions_Signs_Out_Everywhere_And_Lets_The_Person_In_Again()
    {
        var (account, email, browser) = await PersonAsync(_second);
        using var elsewhere = new Visitor(_first.Address);
        await elsewhere.SignInAsync(email);

        Assert.Equal(new ActOutcome.Done(1), await DoAsync(desk => desk.EndSessionsAsync(_admin, account, Reason, CancellationToken.None)));

        await Eventually.TrueAsync(
            async () => (await browser.GetAsync("/Account")).StatusCode is HttpStatusCode.Found && (await elsewhere.GetAsync("/Account")).StatusCode is HttpStatusCode.Found, s_soon, "both are over");
        Assert.Equal(HttpStatusCode.Found, (await browser.SignInAsync(email)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/Account")).StatusCode);
        browser.Dispose();
    }

    [Fact]
    public async Task Erasing_Is_The_Deletion_That_People_Ask_For_Themselves()
    {
        var (account, email, browser) = await PersonAsync(_second);

        Assert.Equal(new ActOutcome.Refused("acc.erase.wrong"), await DoAsync(desk => desk.EraseAsync(_admin, account, "somebody@example.org", Reason, CancellationToken.None)));
        Assert.Equal(new ActOutcome.Done(1), await DoAsync(desk => desk.EraseAsync(_admin, account, email, Reason, CancellationToken.None)));

        Assert.Equal((AuditActor.Staff, Reason), await _first.WithContextAsync(context => context.AuditRecords
            .Where(record => record.Action == "account.erasure-asked").Select(record => new ValueTuple<AuditActor, string>(record.Actor, record.Reason!)).SingleAsync()));
        await Eventually.TrueAsync(() => _first.WithContextAsync(async context => !await context.Users.AnyAsync(user => user.Id == account)), TimeSpan.FromSeconds(60), "the account is gone");
        Assert.Empty(await DatabaseScan.FindAsync(_first.Database.MigratorConnectionString, [email]));
        Assert.Equal(new ActOutcome.Refused("admin.acc.gone"), await DoAsync(desk => desk.LockAsync(_admin, account, Reason, CancellationToken.None)));
        browser.Dispose();
    }

    [Fact]
    public async Task Nobody_Locks_Or_Erases_Themselves_And_Support_Changes_Nothing()
    {
        var own = Id(_admin);
        var support = await StaffCast.PrincipalAsync(_first.Services, PortalRoles.Support, TimeProvider.System.GetUtcNow());
        var (account, email, browser) = await PersonAsync(_first);

        Assert.Equal(new ActOutcome.Refused("admin.acc.self"), await DoAsync(desk => desk.LockAsync(_admin, own, Reason, CancellationToken.None)));
        Assert.Equal(new ActOutcome.Refused("admin.acc.self"), await DoAsync(desk => desk.EraseAsync(_admin, own, _admin.FindFirstValue(ClaimTypes.Email)!, Reason, CancellationToken.None)));
        Assert.All(
            new[]
            {
                await DoAsync(desk => desk.LockAsync(support, account, Reason, CancellationToken.None)), await DoAsync(desk => desk.UnlockAsync(support, account, Reason, CancellationToken.None)),
                await DoAsync(desk => desk.EndSessionsAsync(support, account, Reason, CancellationToken.None)), await DoAsync(desk => desk.ChangeRoleAsync(support, Id(support), PortalRoles.Admin, Reason, CancellationToken.None)), await DoAsync(desk => desk.EraseAsync(support, account, email, Reason, CancellationToken.None)),
            },
            outcome => Assert.IsType<ActOutcome.NotAllowed>(outcome));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/Account")).StatusCode);
        browser.Dispose();
    }

    [Fact]
    public async Task A_Role_Is_Given_And_Taken_And_Ends_The_Sessions_Of_The_Old_One()
    {
        var (account, email, browser) = await PersonAsync(_second);
        Task<ActOutcome> ChangeAsync(string? role) => DoAsync(desk => desk.ChangeRoleAsync(_admin, account, role, Reason, CancellationToken.None));
        Assert.Equal(new ActOutcome.Refused("admin.acc.role.unconfirmed"), await ChangeAsync(PortalRoles.Support));
        await ConfirmAsync(account);

        Assert.Equal(new ActOutcome.Done(1), await ChangeAsync(PortalRoles.Support));

        await Eventually.TrueAsync(async () => (await browser.GetAsync("/Account")).StatusCode is HttpStatusCode.Found, s_soon, "the consumer's session is over");
        await browser.SignInAsync(email);
        Assert.Equal("/Account/TwoFactor?returnUrl=%2Fadmin", Visitor.WayOf(await browser.GetAsync("/admin")));
        await StaffCast.EnrolAsync(browser);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin")).StatusCode);
        Assert.Equal(new ActOutcome.Refused("admin.acc.role.same"), await ChangeAsync(PortalRoles.Support));
        Assert.Equal(new ActOutcome.Done(1), await ChangeAsync(null));
        await Eventually.TrueAsync(async () => Visitor.WayOf(await browser.GetAsync("/admin"))?.StartsWith("/Account/Login", StringComparison.Ordinal) is true, s_soon, "the session of the staff is over");
        var records = await _first.WithContextAsync(context => context.AuditRecords.AsNoTracking().Where(record => record.Action == "account.role-changed").OrderBy(record => record.Id).ToListAsync());
        Assert.Equal(["""{"count": 1, "facts": {"role": "Support"}}""", """{"count": 1, "facts": {"role": "none"}}"""], records.Select(record => record.Details));
        Assert.All(records, record => Assert.Equal((AuditActor.Staff, Reason, $"account:{account}"), (record.Actor, record.Reason, record.Target)));
        browser.Dispose();
    }

    [Fact]
    public async Task Who_Has_Cameras_Connected_Is_Not_Made_Staff()
    {
        var (account, _, browser) = await PersonAsync(_first);
        await ConfirmAsync(account);
        await _first.Database.ExecuteAsync(
            $"""
            INSERT INTO ring_tokens (id, state, code_hash, account_id, user_id, source_network, received_at, retain_from, state_changed_at, attempts, outcome_unknown, version)
            VALUES (gen_random_uuid(), 'ACTIVE', sha256('role'), 'ava1.ring.account.role', '{account}', 'x', now(), now(), now(), 0, false, 0)
            """);

        Assert.Equal(new ActOutcome.Refused("admin.acc.role.linked"), await DoAsync(desk => desk.ChangeRoleAsync(_admin, account, PortalRoles.Admin, Reason, CancellationToken.None)));
        browser.Dispose();
    }

    [Fact]
    public async Task Two_Administrators_Who_Take_The_Role_From_Each_Other_Leave_One()
    {
        var other = await StaffCast.PrincipalAsync(_first.Services, PortalRoles.Admin, TimeProvider.System.GetUtcNow());
        var (one, two) = (Id(_admin), Id(other));
        Assert.Equal(new ActOutcome.Refused("admin.acc.self"), await DoAsync(desk => desk.ChangeRoleAsync(_admin, one, null, Reason, CancellationToken.None)));

        var outcomes = await Task.WhenAll(
            DoAsync(desk => desk.ChangeRoleAsync(_admin, two, null, Reason, CancellationToken.None)),
            DoAsync(desk => desk.ChangeRoleAsync(other, one, null, Reason, CancellationToken.None)));

        // Whoever comes second is no administrator any more, or the other is the last one.
        Assert.Single(outcomes, outcome => outcome is ActOutcome.Done);
        Assert.Equal(1, await _first.WithContextAsync(context => context.UserRoles.CountAsync()));
    }

    private static Guid Id(ClaimsPrincipal person) => Guid.Parse(person.FindFirstValue(ClaimTypes.NameIdentifier)!);

    private Task<int> ConfirmAsync(Guid account) => _first.WithContextAsync(context => context.Users.Where(user => user.Id == account).ExecuteUpdateAsync(set => set.SetProperty(user => user.EmailConfirmed, true)));

    private static async Task<(Guid Account, string Email, Visitor Browser)> PersonAsync(AccountHost host)
    {
        var (browser, email) = (new Visitor(host.Address), Visitor.NewEmail());
        Assert.Equal(HttpStatusCode.Found, (await browser.SignUpAsync(email)).StatusCode);
        return (await host.WithContextAsync(context => context.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync()), email, browser);
    }

    private async Task<ActOutcome> DoAsync(Func<AccountDesk, Task<ActOutcome>> act)
    {
        await using var scope = _first.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<AccountDesk>());
    }

    private Task<AuditRecord> RecordAsync(string action) => _first.WithContextAsync(context => context.AuditRecords.AsNoTracking().SingleAsync(record => record.Action == action));
}
