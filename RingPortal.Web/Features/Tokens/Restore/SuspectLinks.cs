using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Tokens.Restore;

/// <summary>
/// The links of a database that was restored. Ring replaces refresh tokens at every refresh, and what was refreshed after the
/// moment that was restored is not written anywhere any more: every link may hold a token that is spent. Each is tried once;
/// what Ring refuses is told to its owner, like any other refusal.
/// </summary>
internal sealed class SuspectLinks(RingPortalContext context, TokenRows rows, TokenRefresher refresher, TimeProvider clock)
{
    private const int Lanes = 4;

    /// <summary>Past <see cref="RefreshSchedule"/> for every link, so that the sweep goes on where a trial broke off.</summary>
    private static readonly TimeSpan s_due = TimeSpan.FromHours(27);

    /// <summary>Marks every living link, in one transaction with the audit trail; what is listed there is what is suspect.</summary>
    /// <returns>How many.</returns>
    public Task<int> MarkAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return context.Database.ExecuteSqlAsync(
            $"""
            WITH marked AS (
                UPDATE ring_tokens SET refresh_failing_since = coalesce(refresh_failing_since, {now}), refreshed_at = least(refreshed_at, {now - s_due}),
                    access_expires_at = least(access_expires_at, {now}), lease_id = NULL, lease_until = NULL
                WHERE state IN ('CONFIRMED', 'ACTIVE') AND sealed_refresh_token IS NOT NULL
                RETURNING id, user_id)
            INSERT INTO audit_records (at, action, actor, subject_id, target)
            SELECT {now}, 'token.suspect', 'Portal', subject.id, 'link:' || marked.id
            FROM marked LEFT JOIN audit_subjects AS subject ON subject.user_id = marked.user_id
            """,
            cancellationToken);
    }

    /// <summary>Tries those that nobody has tried since they were marked, within Ring's rate.</summary>
    public async Task TryAsync(CancellationToken cancellationToken)
    {
        var waiting = (await ListAsync(cancellationToken)).Where(link => link.Fate is SuspectFate.Waiting).ToList();
        await Parallel.ForEachAsync(waiting, new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = cancellationToken }, async (link, token) =>
        {
            if (await rows.ReadAsync(link.Id, token) is { SealedRefreshToken: not null } held)
            {
                await refresher.RefreshAsync(held, RingPriority.Background, token);
            }
        });
    }

    /// <summary>What came of the links that were marked last.</summary>
    public async Task<IReadOnlyList<SuspectLink>> ListAsync(CancellationToken cancellationToken) => await context.Database.SqlQuery<SuspectLink>(
        $"""
        SELECT token.id, CASE
            WHEN token.state = 'REAUTH_REQUIRED' THEN {(int)SuspectFate.Refused}
            WHEN token.state IN ('REMOVED', 'DISCONNECTED') THEN {(int)SuspectFate.Ended}
            WHEN token.refresh_failing_since IS NULL THEN {(int)SuspectFate.Renewed}
            ELSE {(int)SuspectFate.Waiting} END AS fate
        FROM audit_records AS record JOIN ring_tokens AS token ON token.id = substr(record.target, 6)::uuid
        WHERE record.action = 'token.suspect' AND record.at = (SELECT at FROM audit_records WHERE action = 'token.suspect' ORDER BY id DESC LIMIT 1)
        ORDER BY token.id
        """).ToListAsync(cancellationToken);
}

/// <summary>One link of a restored database.</summary>
/// <param name="Id">Key of its row.</param>
/// <param name="Fate">What came of it.</param>
internal sealed record SuspectLink(Guid Id, SuspectFate Fate);

/// <summary>What came of a suspect link.</summary>
internal enum SuspectFate
{
    /// <summary>Not tried, or Ring could not be asked.</summary>
    Waiting,

    /// <summary>Its token was good; it has a new one.</summary>
    Renewed,

    /// <summary>Its token was spent: its owner has to connect again and is told so.</summary>
    Refused,

    /// <summary>It ended meanwhile.</summary>
    Ended,
}
