using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Audit;
using RingPortal.Web.Features.Audit.Verification;

namespace RingPortal.Web.Features.Audit.Desk;

/// <summary>The rows of looks at the trail: one at a time works at each, and says each second how far it is.</summary>
internal sealed class AuditChecks(RingPortalContext context, TimeProvider clock)
{
    /// <summary>Whoever has not been seen for so long is gone, and another may take over.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int LongestText = 400;
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    /// <summary>Writes down that a look is wanted.</summary>
    public async Task<Guid> BeginAsync(CancellationToken cancellationToken)
    {
        var check = new AuditCheck { AskedAt = clock.GetUtcNow() };
        context.AuditChecks.Add(check);
        await context.SaveChangesAsync(cancellationToken);
        context.ChangeTracker.Clear();
        return check.Id;
    }

    /// <summary>Whether it is to be done, and nobody is at it.</summary>
    public async Task<bool> TakeAsync(Guid checkId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var gone = now - Patience;
        return await context.Database.ExecuteSqlAsync(
            $"UPDATE audit_checks SET seen_at = {now}, done = 0 WHERE id = {checkId} AND finished_at IS NULL AND (seen_at IS NULL OR seen_at < {gone})", cancellationToken) > 0;
    }

    /// <summary>Writes the progress of a look down while it goes on.</summary>
    public async Task<AuditVerdict> WatchAsync(Guid checkId, Func<IProgress<AuditProgress>, Task<AuditVerdict>> lookAsync, CancellationToken cancellationToken)
    {
        var latest = new Latest();
        var looking = lookAsync(latest);
        using var timer = new PeriodicTimer(s_every, clock);
        while (await Task.WhenAny(looking, timer.WaitForNextTickAsync(cancellationToken).AsTask()) != looking && !cancellationToken.IsCancellationRequested)
        {
            await SeenAsync(checkId, latest.Value, cancellationToken);
        }

        return await looking;
    }

    /// <summary>Writes down what it found.</summary>
    public Task FinishAsync(Guid checkId, AuditVerdict verdict, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (newest, first) = (verdict.Newest?.ToString(), verdict.Breaks is [var found, ..] ? found.Text[..Math.Min(found.Text.Length, LongestText)] : null);
        return context.Database.ExecuteSqlAsync(
            $"""
            UPDATE audit_checks SET seen_at = {now}, finished_at = {now}, done = {verdict.Records}, total = greatest(total, {verdict.Records}), seals = {verdict.Seals},
                through_record = {verdict.Through}, newest_seal = {newest}, breaks = {verdict.Breaks.Count}, first_break = {first}
            WHERE id = {checkId}
            """,
            cancellationToken);
    }

    /// <summary>Another may take over at once.</summary>
    public Task LeaveAsync(Guid checkId, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"UPDATE audit_checks SET seen_at = NULL WHERE id = {checkId} AND finished_at IS NULL", cancellationToken);

    private Task<int> SeenAsync(Guid checkId, AuditProgress? progress, CancellationToken cancellationToken)
    {
        var (now, done, total) = (clock.GetUtcNow(), progress?.Done ?? 0, progress?.Total ?? 0);
        return context.Database.ExecuteSqlAsync($"UPDATE audit_checks SET seen_at = {now}, done = {done}, total = {total} WHERE id = {checkId}", cancellationToken);
    }

    private sealed class Latest : IProgress<AuditProgress>
    {
        private AuditProgress? _value;

        public AuditProgress? Value => Volatile.Read(ref _value);

        public void Report(AuditProgress value) => Volatile.Write(ref _value, value);
    }
}
