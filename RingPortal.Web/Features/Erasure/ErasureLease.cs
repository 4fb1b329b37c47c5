using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Erasure;

namespace RingPortal.Web.Features.Erasure;

/// <summary>Somebody else works on an erasure now: whoever sees this stops and changes nothing more.</summary>
internal sealed class ErasureLeaseLostException : Exception;

/// <summary>
/// Lets one instance at a time work on an erasure, by a fenced lease on its row: no lock is held while Ring is told or much
/// is deleted, and whoever was frozen meanwhile finds that the lease is not theirs any more.
/// </summary>
internal sealed class ErasureLease(RingPortalContext context, TimeProvider clock)
{
    /// <summary>After a crash another instance goes on this much later. Longer than Ring is waited for.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait for what others are still at.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly int[] s_pauses = [1, 2, 4, 8, 15, 30];

    /// <summary>The row, if it is due and nobody is at it.</summary>
    public async Task<ErasureWork?> TakeAsync(Guid erasureId, CancellationToken cancellationToken)
    {
        var (now, lease) = (clock.GetUtcNow(), Guid.NewGuid());
        var until = now + Length;
        var taken = await context.Erasures.FromSql(
            $"""
            UPDATE erasures SET lease_id = {lease}, lease_until = {until}, attempts = attempts + 1
            WHERE id = {erasureId} AND completed_at IS NULL AND next_attempt_at <= {now} AND (lease_until IS NULL OR lease_until <= {now})
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);
        return taken.Count == 0 ? null : taken[0];
    }

    /// <summary>In how long it is worth coming back; null when there is nothing left to do.</summary>
    public async Task<TimeSpan?> PauseAsync(Guid erasureId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var row = await context.Erasures.AsNoTracking().Where(work => work.Id == erasureId && work.CompletedAt == null)
            .Select(work => new { work.LeaseUntil, work.NextAttemptAt }).SingleOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            return null;
        }

        var at = row.LeaseUntil > now ? row.LeaseUntil.Value : row.NextAttemptAt ?? now;
        return at > now ? at - now + Patience : Patience;
    }

    /// <summary>Makes the lease whole again. Inside a transaction it also keeps everybody else out until the commit.</summary>
    /// <exception cref="ErasureLeaseLostException">It is somebody else's.</exception>
    public async Task KeepAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        DateTimeOffset? until = clock.GetUtcNow() + Length;
        if (await Mine(work).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, until), cancellationToken) == 0)
        {
            throw new ErasureLeaseLostException();
        }
    }

    /// <summary>A stage is done.</summary>
    /// <exception cref="ErasureLeaseLostException">The erasure is somebody else's.</exception>
    public async Task AdvanceAsync(ErasureWork work, ErasureStage next, CancellationToken cancellationToken)
    {
        if (await Mine(work).ExecuteUpdateAsync(set => set.SetProperty(row => row.Stage, next), cancellationToken) == 0)
        {
            throw new ErasureLeaseLostException();
        }

        work.Stage = next;
    }

    /// <summary>Gives the row back until others are done; such a look does not count as a try.</summary>
    public Task<int> WaitAsync(ErasureWork work, CancellationToken cancellationToken) =>
        ReleaseAsync(work, Patience, error: null, attempts: work.Attempts - 1, cancellationToken);

    /// <summary>Gives the row back, to be due again after a pause that grows with the attempts; at once when nothing went wrong.</summary>
    public Task<int> ReleaseAsync(ErasureWork work, string? error, CancellationToken cancellationToken)
    {
        var pause = error is null ? TimeSpan.Zero : TimeSpan.FromSeconds(s_pauses[Math.Clamp(work.Attempts - 1, 0, s_pauses.Length - 1)]);
        return ReleaseAsync(work, pause, error, work.Attempts, cancellationToken);
    }

    private Task<int> ReleaseAsync(ErasureWork work, TimeSpan pause, string? error, int attempts, CancellationToken cancellationToken)
    {
        DateTimeOffset? next = clock.GetUtcNow() + pause;
        return Mine(work).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.NextAttemptAt, next).SetProperty(row => row.Attempts, attempts).SetProperty(row => row.LastError, row => error ?? row.LastError)
                .SetProperty(row => row.LeaseId, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    private IQueryable<ErasureWork> Mine(ErasureWork work) =>
        context.Erasures.Where(row => row.Id == work.Id && row.LeaseId == work.LeaseId && row.CompletedAt == null);
}
