using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Tokens;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Linking;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Features.Tokens.Pool;

namespace RingPortal.Web.Features.Admin.Pool;

/// <summary>
/// What operators can safely do to an installation. The decision is recorded in one transaction with what it changes here;
/// where Ring is concerned the usual ways are gone afterwards, each of which can be gone again. Nothing here hands out a token.
/// </summary>
internal sealed class PoolRepairs(StaffActs acts, IServiceScopeFactory scopes, LinkWake wake, TimeProvider clock)
{
    /// <summary>Makes the due step of a claim happen now: POST, PATCH, or the first listing of cameras.</summary>
    public async Task<ActOutcome> ResumeAsync(ClaimsPrincipal person, Guid id, string reason, CancellationToken cancellationToken)
    {
        var outcome = await acts.RunAsync(
            person, new StaffAct("link.resumed", Target(id), reason),
            (context, stop) => TakeAsync(context, id, RingTokenTransitions.Unfinished, clock.GetUtcNow(), "admin.pool.refused.resume", stop),
            cancellationToken);
        if (outcome is ActOutcome.Done)
        {
            wake.Wake(id);
        }

        return outcome;
    }

    /// <summary>Gives a claim back to the pool, if Ring was never told of it or knows nothing of it.</summary>
    public async Task<ActOutcome> ReleaseAsync(ClaimsPrincipal person, Guid id, string reason, CancellationToken cancellationToken)
    {
        var outcome = await acts.RunAsync(
            person, new StaffAct("link.released", Target(id), reason),
            // Ours alone from now on, as for any worker: Ring is asked outside of the transaction.
            (context, stop) => TakeAsync(context, id, [RingTokenState.Claiming, RingTokenState.Uncertain], clock.GetUtcNow() + ClaimRows.Busy, "admin.pool.refused.release", stop),
            cancellationToken);
        if (outcome is not ActOutcome.Done)
        {
            return outcome;
        }

        await using var scope = scopes.CreateAsyncScope();
        var rows = scope.ServiceProvider.GetRequiredService<ClaimRows>();
        await scope.ServiceProvider.GetRequiredService<LinkConfirmation>().GiveUpAsync(await rows.ReloadAsync(id, cancellationToken), cancellationToken);
        return (await rows.ReloadAsync(id, cancellationToken)).State switch
        {
            RingTokenState.Unclaimed => outcome,
            RingTokenState.Confirmed or RingTokenState.Active => new ActOutcome.Refused("admin.pool.refused.linked"),
            _ => new ActOutcome.Refused("admin.pool.refused.silent"),
        };
    }

    /// <summary>Ends an installation: its tokens are erased; a link with cameras is torn down as when its person disconnects.</summary>
    public async Task<ActOutcome> EndAsync(ClaimsPrincipal person, Guid id, string reason, CancellationToken cancellationToken)
    {
        Guid? owner = null;
        var outcome = await acts.RunAsync(
            person, new StaffAct("link.end-ordered", Target(id), reason) { SubjectUserId = await OwnerAsync(id, cancellationToken) },
            async (context, stop) =>
            {
                (var result, owner) = await EndUnclaimedAsync(context, id, stop);
                return result;
            },
            cancellationToken);
        if (outcome is ActOutcome.Done && owner is { } userId)
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<LinkDisconnect>().EndByOperatorAsync(id, userId, cancellationToken);
        }

        return outcome;
    }

    /// <summary>Cleans the pool up now, as the job does each minute.</summary>
    /// <returns>What it came to; null unless the outcome is <see cref="ActOutcome.Done"/>.</returns>
    public async Task<(ActOutcome Outcome, PoolCleaned? Cleaned)> CleanUpAsync(ClaimsPrincipal person, string reason, CancellationToken cancellationToken)
    {
        PoolCleaned? cleaned = null;
        var outcome = await acts.RunAsync(
            person, new StaffAct("pool.cleaned", null, reason),
            async (_, stop) =>
            {
                await using var scope = scopes.CreateAsyncScope();
                cleaned = await scope.ServiceProvider.GetRequiredService<CleanUpPoolJob>().CleanAsync(stop);
                return new ActResult(cleaned.Expired + cleaned.Lost);
            },
            cancellationToken);
        return (outcome, outcome is ActOutcome.Done ? cleaned : null);
    }

    /// <summary>Sets when the step is due. A row whose next step is close by may be in somebody's hands: it is left to them.</summary>
    private async Task<ActResult> TakeAsync(
        RingPortalContext context, Guid id, IReadOnlyList<RingTokenState> states, DateTimeOffset next, string refusalKey, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (soon, due) = (now + ClaimRows.Busy, (DateTimeOffset?)next);
        var row = context.RingTokens.Where(token => token.Id == id && token.NextAttemptAt != null && states.Contains(token.State));
        if (await row.Where(token => token.NextAttemptAt <= now || token.NextAttemptAt > soon)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.NextAttemptAt, due), cancellationToken) > 0)
        {
            return new ActResult(1);
        }

        return new ActResult(0, await row.AnyAsync(cancellationToken) ? "admin.pool.refused.busy" : refusalKey);
    }

    /// <summary>What nobody has claimed is over at once; what is claimed only has to be there still, and is ended for its owner afterwards.</summary>
    private async Task<(ActResult Result, Guid? Owner)> EndUnclaimedAsync(RingPortalContext context, Guid id, CancellationToken cancellationToken)
    {
        var row = await context.RingTokens.FromSql($"SELECT * FROM ring_tokens WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(cancellationToken);
        if (row is null || RingTokenTransitions.Ended.Contains(row.State))
        {
            return (new ActResult(0, "admin.pool.refused.over"), null);
        }

        if (RingTokenTransitions.Living.Contains(row.State))
        {
            return (new ActResult(1), row.UserId);
        }

        row.End(RingTokenState.Expired, clock.GetUtcNow());
        return (new ActResult(1), null);
    }

    private async Task<Guid?> OwnerAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RingPortalContext>().RingTokens
            .Where(token => token.Id == id && RingTokenTransitions.Living.Contains(token.State)).Select(token => token.UserId).SingleOrDefaultAsync(cancellationToken);
    }

    private static string Target(Guid id) => $"link:{id}";
}
