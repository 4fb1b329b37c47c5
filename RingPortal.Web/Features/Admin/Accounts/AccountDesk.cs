using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Web.Account;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.Erasure;
using RingPortal.Web.Features.LiveView;

namespace RingPortal.Web.Features.Admin.Accounts;

/// <summary>
/// What administrators do with an account. Whatever ends its sessions gives it a new security stamp: open pages of all
/// instances are told at once, and no later request counts (reliability A5).
/// </summary>
internal sealed class AccountDesk(StaffActs acts, FeedOutlet feed, LiveViewEnds live)
{
    /// <summary>Nobody signs in with the account any more, and its sessions end.</summary>
    public Task<ActOutcome> LockAsync(ClaimsPrincipal person, Guid accountId, string reason, CancellationToken cancellationToken) =>
        EndingAsync(person, accountId, new StaffAct("account.locked", Target(accountId), reason), async (context, stop) =>
        {
            if (IsOwn(person, accountId))
            {
                return new ActResult(0, "admin.acc.self");
            }

            var stamp = NewStamp();
            DateTimeOffset? never = AccountLock.Never;
            return await DoneAsync(context.Users.Where(user => user.Id == accountId && (user.LockoutEnd == null || user.LockoutEnd < AccountLock.Never))
                .ExecuteUpdateAsync(set => set.SetProperty(user => user.LockoutEnd, never).SetProperty(user => user.SecurityStamp, stamp).SetProperty(user => user.ConcurrencyStamp, stamp), stop));
        }, cancellationToken);

    /// <summary>Takes the lock off, whoever or whatever put it on.</summary>
    public Task<ActOutcome> UnlockAsync(ClaimsPrincipal person, Guid accountId, string reason, CancellationToken cancellationToken) =>
        acts.RunAsync(person, new StaffAct("account.unlocked", Target(accountId), reason) { SubjectUserId = accountId }, async (context, stop) =>
        {
            var stamp = NewStamp();
            return await DoneAsync(context.Users.Where(user => user.Id == accountId && user.LockoutEnd != null).ExecuteUpdateAsync(
                set => set.SetProperty(user => user.LockoutEnd, (DateTimeOffset?)null).SetProperty(user => user.AccessFailedCount, 0).SetProperty(user => user.ConcurrencyStamp, stamp), stop));
        }, cancellationToken);

    /// <summary>Ends all sessions on all devices; the person may sign in again.</summary>
    public Task<ActOutcome> EndSessionsAsync(ClaimsPrincipal person, Guid accountId, string reason, CancellationToken cancellationToken) =>
        EndingAsync(person, accountId, new StaffAct("account.sessions-ended", Target(accountId), reason), async (context, stop) =>
        {
            var stamp = NewStamp();
            return await DoneAsync(context.Users.Where(user => user.Id == accountId).ExecuteUpdateAsync(
                set => set.SetProperty(user => user.SecurityStamp, stamp).SetProperty(user => user.ConcurrencyStamp, stamp), stop));
        }, cancellationToken);

    /// <summary>Gives the account a role of staff, another one or none; its sessions end.</summary>
    /// <param name="person">Who acts.</param>
    /// <param name="accountId">Whose role.</param>
    /// <param name="role">One of <see cref="PortalRoles"/>; null for none.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<ActOutcome> ChangeRoleAsync(ClaimsPrincipal person, Guid accountId, string? role, string reason, CancellationToken cancellationToken) =>
        EndingAsync(
            person, accountId, new StaffAct("account.role-changed", Target(accountId), reason) { Details = new { role = role ?? "none" } },
            (context, stop) => IsOwn(person, accountId) ? Task.FromResult(new ActResult(0, "admin.acc.self")) : RoleChange.ApplyAsync(context, accountId, role, stop),
            cancellationToken);

    /// <summary>Begins the deletion of the account and of everything about the person, as if they had asked for it themselves.</summary>
    /// <param name="person">Who acts.</param>
    /// <param name="accountId">Whose account.</param>
    /// <param name="typedEmail">Its e-mail, typed to confirm.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ActOutcome> EraseAsync(ClaimsPrincipal person, Guid accountId, string typedEmail, string reason, CancellationToken cancellationToken)
    {
        Action announce = () => { };
        var outcome = await acts.RunAsync(person, new StaffAct("account.erasure-asked", Target(accountId), reason) { SubjectUserId = accountId }, async (services, _, stop) =>
        {
            if (IsOwn(person, accountId))
            {
                return new ActResult(0, "admin.acc.self");
            }

            var requests = services.GetRequiredService<ErasureRequests>();
            var (answer, erasure) = await requests.PrepareAsync(accountId, typedEmail, byStaff: true, stop);
            if (erasure is { } begun)
            {
                announce = () => requests.Announce(begun, accountId);
                return new ActResult(1);
            }

            return new ActResult(0, answer switch
            {
                ErasureAnswer.Needed needed => needed.Why,
                ErasureAnswer.WrongEmail => "acc.erase.wrong",
                _ => "admin.acc.gone",
            });
        }, cancellationToken);
        if (outcome is ActOutcome.Done)
        {
            announce();
        }

        return outcome;
    }

    private async Task<ActOutcome> EndingAsync(
        ClaimsPrincipal person, Guid accountId, StaffAct act, Func<RingPortalContext, CancellationToken, Task<ActResult>> effectAsync, CancellationToken cancellationToken)
    {
        var outcome = await acts.RunAsync(person, act with { SubjectUserId = accountId }, effectAsync, cancellationToken);
        if (outcome is ActOutcome.Done)
        {
            feed.Publish(new FeedChange(accountId, FeedKind.Session));
            // What is committed is told to the end, whoever closed the page meanwhile.
            await live.EndForPersonAsync(accountId, CancellationToken.None);
        }

        return outcome;
    }

    private static async Task<ActResult> DoneAsync(Task<int> changing) => await changing is > 0 and var count ? new ActResult(count) : new ActResult(0, "admin.acc.gone");

    private static bool IsOwn(ClaimsPrincipal person, Guid accountId) => StaffMember.Of(person)?.UserId == accountId;

    private static string NewStamp() => Guid.NewGuid().ToString();

    private static string Target(Guid accountId) => $"account:{accountId}";
}
