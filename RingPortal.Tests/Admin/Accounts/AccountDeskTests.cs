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
        var own = Guid.Parse(_admin.FindFirstValue(ClaimTypes.NameIdentifier)!);
        var support = await StaffCast.PrincipalAsync(_first.Services, PortalRoles.Support, TimeProvider.System.GetUtcNow());
        var (account, email, browser) = await PersonAsync(_first);

        Assert.Equal(new ActOutcome.Refused("admin.acc.self"), await DoAsync(desk => desk.LockAsync(_admin, own, Reason, CancellationToken.None)));
        Assert.Equal(new ActOutcome.Refused("admin.acc.self"), await DoAsync(desk => desk.EraseAsync(_admin, own, _admin.FindFirstValue(ClaimTypes.Email)!, Reason, CancellationToken.None)));
        Assert.All(
            new[]
            {
                await DoAsync(desk => desk.LockAsync(support, account, Reason, CancellationToken.None)), await DoAsync(desk => desk.UnlockAsync(support, account, Reason, CancellationToken.None)),
                await DoAsync(desk => desk.EndSessionsAsync(support, account, Reason, CancellationToken.None)), await DoAsync(desk => desk.EraseAsync(support, account, email, Reason, CancellationToken.None)),
            },
            outcome => Assert.IsType<ActOutcome.NotAllowed>(outcome));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/Account")).StatusCode);
        browser.Dispose();
    }

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
