using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Data.Audit;
using RingPortal.Data.Tokens;
using RingPortal.Web.Account;
using RingPortal.Web.Features.Events;

namespace RingPortal.Web.Features.Admin.Accounts;

/// <summary>Reads one account for the operator's desk. Everything is found by the person or by their pseudonym, and bounded.</summary>
internal sealed class AccountDeskQueries(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int MostRows = 100;
    private const int MostEvents = 20;

    private static readonly TimeSpan s_window = TimeSpan.FromDays(30);

    private static readonly string[] s_signIn = ["sign-in.failed", "sign-in.code-failed", "sign-in.locked", "sign-in.succeeded"];
    private static readonly string[] s_locks = ["account.locked"];

    /// <summary>Null when there is no such account.</summary>
    public async Task<AccountView?> ViewAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        if (await context.Users.AsNoTracking().SingleOrDefaultAsync(person => person.Id == accountId, cancellationToken) is not { } user)
        {
            return null;
        }

        var leaving = await context.Erasures.Where(work => work.UserId == accountId).Select(work => (DateTimeOffset?)work.RequestedAt).FirstOrDefaultAsync(cancellationToken);
        var (state, since) = State(user, leaving);
        return new AccountView(
            user.Id, user.Email, user.EmailConfirmed, await RoleAsync(context, accountId, cancellationToken), user.CreatedAt,
            state, since ?? await SinceAsync(context, user, state, cancellationToken), user.TwoFactorEnabled,
            await ConnectionsAsync(context, accountId, cancellationToken), await CamerasAsync(context, accountId, cancellationToken),
            await EventsAsync(context, accountId, cancellationToken), await SignInsAsync(context, accountId, cancellationToken));
    }

    private (AccountState State, DateTimeOffset? Since) State(PortalUser user, DateTimeOffset? leaving) =>
        leaving is not null ? (AccountState.Leaving, leaving)
        : AccountLock.IsByStaff(user.LockoutEnd) ? (AccountState.LockedByStaff, null)
        : user.LockoutEnd > clock.GetUtcNow() ? (AccountState.LockedByTries, user.LockoutEnd)
        : (AccountState.Open, user.CreatedAt);

    private static async Task<DateTimeOffset?> SinceAsync(RingPortalContext context, PortalUser user, AccountState state, CancellationToken cancellationToken) =>
        state is AccountState.LockedByStaff
            ? await Records(context, user.Id, s_locks).OrderByDescending(record => record.Id).Select(record => (DateTimeOffset?)record.At).FirstOrDefaultAsync(cancellationToken)
            : null;

    private static Task<string?> RoleAsync(RingPortalContext context, Guid accountId, CancellationToken cancellationToken) =>
        context.UserRoles.Where(held => held.UserId == accountId).Join(context.Roles, held => held.RoleId, role => role.Id, (_, role) => role.Name)
            .OrderBy(name => name).FirstOrDefaultAsync(cancellationToken);

    private static async Task<IReadOnlyList<AccountConnection>> ConnectionsAsync(RingPortalContext context, Guid accountId, CancellationToken cancellationToken)
    {
        var rows = await context.RingTokens.AsNoTracking().Where(token => token.UserId == accountId).OrderByDescending(token => token.StateChangedAt).Take(MostRows)
            .Select(token => new AccountConnection(token.Id, token.MaskedAccount, token.State, token.StateChangedAt)).ToListAsync(cancellationToken);
        return [.. rows.OrderBy(row => RingTokenTransitions.Living.Contains(row.State) ? 0 : 1)];
    }

    private static Task<List<AccountCamera>> CamerasAsync(RingPortalContext context, Guid accountId, CancellationToken cancellationToken) =>
        context.Devices.AsNoTracking().Where(device => device.UserId == accountId && device.RemovedAt == null).OrderBy(device => device.Name).ThenBy(device => device.Id).Take(MostRows)
            .Select(device => new AccountCamera(device.Id, device.Name, device.Online, device.StatusAt)).ToListAsync(cancellationToken);

    private static async Task<IReadOnlyList<AccountEvent>> EventsAsync(RingPortalContext context, Guid accountId, CancellationToken cancellationToken)
    {
        var rows = await context.DeviceEvents.AsNoTracking().Where(entry => entry.UserId == accountId)
            .OrderByDescending(entry => entry.OccurredAt).ThenByDescending(entry => entry.Id).Take(MostEvents)
            .Select(entry => new { entry.Kind, entry.SubType, entry.OccurredAt }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new AccountEvent(TimelineKinds.Of(row.Kind, row.SubType), row.OccurredAt))];
    }

    private async Task<IReadOnlyList<SignInTrouble>> SignInsAsync(RingPortalContext context, Guid accountId, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - s_window;
        var newest = await Records(context, accountId, s_signIn).Where(record => record.At >= since).OrderByDescending(record => record.Id).Take(MostRows)
            .Select(record => new { record.Action, record.At }).ToListAsync(cancellationToken);
        return [.. newest.GroupBy(record => record.Action).Select(group => new SignInTrouble(group.Key, group.Count(), group.Max(record => record.At)))];
    }

    /// <summary>By the pseudonym, which has an index of its own.</summary>
    private static IQueryable<AuditRecord> Records(RingPortalContext context, Guid accountId, string[] actions) =>
        context.AuditRecords.AsNoTracking().Where(record => record.SubjectId == context.AuditSubjects.Where(subject => subject.UserId == accountId).Select(subject => (Guid?)subject.Id).FirstOrDefault()
            && actions.Contains(record.Action));
}
