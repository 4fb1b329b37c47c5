using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Audit;

namespace RingPortal.Web.Features.Audit.Desk;

/// <summary>What operators see of the audit trail. Each question uses a scope of its own, because open pages ask again and again.</summary>
internal sealed class AuditQueries(IServiceScopeFactory scopes)
{
    /// <summary>How many records are shown at once.</summary>
    public const int PageSize = 50;

    /// <summary>A piece of the trail: older than a place, newer than a place, or the newest.</summary>
    public async Task<AuditPiece> PageAsync(AuditFilter filter, AuditPlace? before, AuditPlace? after, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        var rows = context.Matching(filter);
        rows = before is not null ? rows.Older(before) : after is not null ? rows.Newer(after) : rows;
        var upwards = before is null && after is not null;
        var found = await (upwards ? rows.OrderBy(row => row.At).ThenBy(row => row.Id) : rows.OrderByDescending(row => row.At).ThenByDescending(row => row.Id))
            .Take(PageSize + 1).ToListAsync(cancellationToken);
        var more = found.Count > PageSize;
        found = found[..Math.Min(found.Count, PageSize)];
        if (upwards)
        {
            found.Reverse();
        }

        var names = await StaffAsync(context, found, cancellationToken);
        return new AuditPiece([.. found.Select(row => Listed(row, names))], HasOlder: upwards || more, HasNewer: upwards ? more : before is not null);
    }

    /// <summary>The pseudonym of somebody of whom the e-mail or the pseudonym is known; null when the trail knows nobody like that.</summary>
    public async Task<Guid?> PersonAsync(string text, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        if (Guid.TryParse(text, out var pseudonym))
        {
            return pseudonym;
        }

        var email = text.Trim().ToUpperInvariant();
        return await context.Users.Where(user => user.NormalizedEmail == email)
            .Join(context.AuditSubjects, user => user.Id, subject => subject.UserId, (_, subject) => (Guid?)subject.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The newest look at the whole trail that is over, and the one that is under way.</summary>
    public async Task<AuditChecked> CheckedAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var newest = Context(scope).AuditChecks.AsNoTracking().OrderByDescending(check => check.AskedAt);
        var alive = now - AuditChecks.Patience;
        return new AuditChecked(
            await newest.Where(check => check.FinishedAt != null).FirstOrDefaultAsync(cancellationToken),
            await newest.Where(check => check.FinishedAt == null && (check.SeenAt ?? check.AskedAt) > alive).FirstOrDefaultAsync(cancellationToken));
    }

    /// <summary>Operators are named to each other; everybody else stays a pseudonym.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, string>> StaffAsync(RingPortalContext context, IReadOnlyCollection<AuditRecord> records, CancellationToken cancellationToken)
    {
        var staff = records.Where(row => row.Actor is AuditActor.Staff).Select(row => row.ActorId).OfType<Guid>().Distinct().ToArray();
        return staff.Length == 0
            ? new Dictionary<Guid, string>()
            : await context.AuditSubjects.AsNoTracking().Where(subject => staff.Contains(subject.Id))
                .Join(context.Users, subject => subject.UserId, user => user.Id, (subject, user) => new { subject.Id, user.Email })
                .ToDictionaryAsync(row => row.Id, row => row.Email ?? "", cancellationToken);
    }

    internal static AuditRow Listed(AuditRecord row, IReadOnlyDictionary<Guid, string> staff) => new(
        row.Id, row.At, row.Action, row.Actor, row.ActorId, row.ActorId is { } actor ? staff.GetValueOrDefault(actor) : null, row.SubjectId, row.Target, row.Reason);

    private static RingPortalContext Context(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<RingPortalContext>();
}

/// <summary>A record in a list.</summary>
/// <param name="Id">Its number.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Action">What.</param>
/// <param name="Actor">What kind of actor.</param>
/// <param name="ActorId">Who, by pseudonym.</param>
/// <param name="Staff">Who, by e-mail, for operators that are still there.</param>
/// <param name="SubjectId">The person concerned, by pseudonym.</param>
/// <param name="Target">On what.</param>
/// <param name="Reason">Why.</param>
public sealed record AuditRow(long Id, DateTimeOffset At, string Action, AuditActor Actor, Guid? ActorId, string? Staff, Guid? SubjectId, string? Target, string? Reason)
{
    /// <summary>Its place in the list.</summary>
    public AuditPlace Place => new(At, Id);
}

/// <summary>A piece of the trail, the newest first.</summary>
/// <param name="Rows">The records.</param>
/// <param name="HasOlder">Whether there are older ones.</param>
/// <param name="HasNewer">Whether there are newer ones.</param>
public sealed record AuditPiece(IReadOnlyList<AuditRow> Rows, bool HasOlder, bool HasNewer);

/// <summary>Looks at the whole trail.</summary>
/// <param name="Last">The newest that is over.</param>
/// <param name="Running">The one under way.</param>
public sealed record AuditChecked(AuditCheck? Last, AuditCheck? Running);
