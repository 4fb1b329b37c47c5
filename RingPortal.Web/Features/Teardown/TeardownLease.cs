using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Teardown;

namespace RingPortal.Web.Features.Teardown;

/// <summary>Somebody else works on a teardown now: whoever sees this stops and changes nothing more.</summary>
internal sealed class TeardownLeaseLostException : Exception;

/// <summary>
/// Lets one instance at a time work on a teardown, by a fenced lease on its row: no lock is held while Ring is asked or
/// much is deleted, and whoever was frozen meanwhile finds that the lease is not theirs any more.
/// </summary>
internal sealed class TeardownLease(RingPortalContext context, TimeProvider clock)
{
    /// <summary>After a crash another instance goes on this much later. Longer than the longest wait for Ring in one step.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(45);

    private static readonly int[] s_pauses = [1, 2, 4, 8, 15, 30];

    /// <summary>The row, if it is due and nobody is at it.</summary>
    public async Task<TeardownWork?> TakeAsync(Guid teardownId, CancellationToken cancellationToken)
    {
        var (now, lease) = (clock.GetUtcNow(), Guid.NewGuid());
        var until = now + Length;
        var taken = await context.Teardowns.FromSql(
            $"""
            UPDATE teardowns SET lease_id = {lease}, lease_until = {until}, attempts = attempts + 1
            WHERE id = {teardownId} AND completed_at IS NULL AND next_attempt_at <= {now} AND (lease_until IS NULL OR lease_until <= {now})
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);
        return taken.Count == 0 ? null : taken[0];
    }

    /// <summary>In how long it is worth coming back; null when there is nothing left to do.</summary>
    public async Task<TimeSpan?> PauseAsync(Guid teardownId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var row = await context.Teardowns.AsNoTracking().Where(work => work.Id == teardownId && work.CompletedAt == null)
            .Select(work => new { work.LeaseUntil, work.NextAttemptAt }).SingleOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            return null;
        }

        var at = row.LeaseUntil > now ? row.LeaseUntil.Value : row.NextAttemptAt ?? now;
        return (at > now ? at - now : TimeSpan.Zero) + TimeSpan.FromSeconds(1);
    }

    /// <summary>Makes the lease whole again. Inside a transaction it also keeps everybody else out until the commit.</summary>
    /// <exception cref="TeardownLeaseLostException">It is somebody else's.</exception>
    public async Task KeepAsync(TeardownWork work, CancellationToken cancellationToken)
    {
        DateTimeOffset? until = clock.GetUtcNow() + Length;
        if (await Mine(work).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, until), cancellationToken) == 0)
        {
            throw new TeardownLeaseLostException();
        }
    }

    /// <summary>All steps are done.</summary>
    public Task<int> CompleteAsync(TeardownWork work, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return Mine(work).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.CompletedAt, now).SetProperty(row => row.NextAttemptAt, (DateTimeOffset?)null).SetProperty(row => row.LastError, (string?)null)
                .SetProperty(row => row.LeaseId, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    /// <summary>Gives the row back, to be due again after a pause that grows with the attempts; at once when nothing went wrong.</summary>
    public Task<int> ReleaseAsync(TeardownWork work, string? error, CancellationToken cancellationToken)
    {
        var pause = error is null ? TimeSpan.Zero : TimeSpan.FromSeconds(s_pauses[Math.Clamp(work.Attempts - 1, 0, s_pauses.Length - 1)]);
        DateTimeOffset? next = clock.GetUtcNow() + pause;
        return Mine(work).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.NextAttemptAt, next).SetProperty(row => row.LastError, row => error ?? row.LastError)
                .SetProperty(row => row.LeaseId, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    private IQueryable<TeardownWork> Mine(TeardownWork work) =>
        context.Teardowns.Where(row => row.Id == work.Id && row.LeaseId == work.LeaseId && row.CompletedAt == null);
}
