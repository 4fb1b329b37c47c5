using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Admin;
using RingPortal.Web.Features.Admin.Alarming;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Admin;

/// <summary>
/// Raises and settles what needs a human. One open alarm per key; a repeat only counts up, and one that comes back soon is
/// not told again at once.
/// </summary>
public sealed partial class Alarms(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Alarms> logger)
{
    /// <summary>What comes back within this time must last as long before operators hear of it again.</summary>
    public static readonly TimeSpan Flutter = TimeSpan.FromMinutes(15);

    /// <summary>Raises an alarm with its usual level, or counts up the open one of the same key.</summary>
    /// <param name="key">Short stable name, see <see cref="AlarmCatalogue"/>; no personal data.</param>
    /// <param name="text">What happened; then, after the first sentence, why it matters and what to do. For operators; no personal data.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    public Task RaiseAsync(string key, string text, CancellationToken cancellationToken) =>
        RaiseAsync(key, AlarmCatalogue.Of(key).Level, text, cancellationToken);

    /// <summary>Raises an alarm; an open one of the same key becomes more urgent, never less.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="level">How soon a human is needed.</param>
    /// <param name="text">Its words.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    public async Task RaiseAsync(string key, AlarmLevel level, string text, CancellationToken cancellationToken)
    {
        Log.Raised(logger, key, text);
        var (now, name, isSilent) = (clock.GetUtcNow(), level.ToString(), AlarmCatalogue.Of(key).IsPartOfAnother);
        await WriteAsync(
            $"""
            WITH before AS (
                SELECT level FROM alarms WHERE key = {key} AND resolved_at IS NULL),
            raised AS (
                INSERT INTO alarms (id, key, text, level, raised_at, last_at, count, next_message_at)
                VALUES ({Guid.CreateVersion7()}, {key}, {text}, {name}, {now}, {now}, 1, CASE
                    WHEN {isSilent} THEN NULL
                    WHEN EXISTS (SELECT 1 FROM alarms AS last WHERE last.key = {key} AND last.resolved_at > {now - Flutter} AND last.told_at IS NOT NULL) THEN {now + Flutter}
                    ELSE {now} END)
                ON CONFLICT (key) WHERE resolved_at IS NULL DO UPDATE SET
                    count = alarms.count + 1, last_at = excluded.last_at, text = excluded.text,
                    level = CASE WHEN excluded.level = 'Critical' THEN excluded.level ELSE alarms.level END,
                    next_message_at = CASE
                        WHEN alarms.level = 'Warning' AND excluded.level = 'Critical' AND NOT {isSilent} THEN greatest({now}, alarms.muted_until)
                        ELSE alarms.next_message_at END
                RETURNING id, count, level)
            INSERT INTO alarm_notes (id, alarm_id, at, kind, text)
            SELECT gen_random_uuid(), raised.id, {now}, CASE WHEN raised.count = 1 THEN 'raised' ELSE 'critical' END, {text}
            FROM raised LEFT JOIN before ON true
            WHERE raised.count = 1 OR (before.level = 'Warning' AND raised.level = 'Critical')
            """,
            cancellationToken);
    }

    /// <summary>Settles the open alarm of a key, if there is one.</summary>
    public Task ResolveAsync(string key, CancellationToken cancellationToken) => ResolveAsync(key, null, cancellationToken);

    /// <summary>Settles the open alarm of a key, if there is one, and says what is well again.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="text">What is well again; null for nothing in particular.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    public async Task ResolveAsync(string key, string? text, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // Who was told of it is told that it is over.
        var settled = await WriteAsync(
            $"""
            WITH settled AS (
                UPDATE alarms SET resolved_at = {now}, next_message_at = CASE WHEN told_at IS NULL THEN NULL ELSE {now} END
                WHERE key = {key} AND resolved_at IS NULL RETURNING id)
            INSERT INTO alarm_notes (id, alarm_id, at, kind, text) SELECT gen_random_uuid(), id, {now}, 'resolved', nullif({text ?? ""}, '') FROM settled
            """,
            cancellationToken);
        if (settled > 0)
        {
            Log.Resolved(logger, key);
        }
    }

    private async Task<int> WriteAsync(FormattableString sql, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateBackgroundScope();
        return await scope.ServiceProvider.GetRequiredService<RingPortalContext>().Database.ExecuteSqlAsync(sql, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Alarm {Key}: {Text}")]
        public static partial void Raised(ILogger logger, string key, string text);

        [LoggerMessage(2, LogLevel.Information, "Alarm {Key} is settled")]
        public static partial void Resolved(ILogger logger, string key);
    }
}
