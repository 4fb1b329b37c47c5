using System.Diagnostics;
using RingPortal.Web.Components;
using RingPortal.Web.Features.Admin.Overview;
using RingPortal.Web.Features.Admin.Ui;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Admin.Health;

/// <summary>One part of the portal.</summary>
/// <param name="Name">Key of its texts: <c>admin.health.{Name}</c>.</param>
/// <param name="State">How it does.</param>
/// <param name="ChangedAt">When an alarm about it was last raised or settled (UTC); null when none ever was.</param>
/// <param name="Figure">Its latency or what else tells how it does; null when there is nothing to tell.</param>
public sealed record HealthPart(string Name, StatusKind State, DateTimeOffset? ChangedAt, string? Figure);

/// <summary>How the parts do: of this instance, and of all by what they counted. Pages that are open share one reading.</summary>
internal sealed class HealthQueries
{
    private const string Sql =
        """
        WITH recent AS (SELECT name, tag, count, sum FROM minute_figures WHERE minute > @from)
        SELECT
            coalesce((SELECT sum(count) FROM recent WHERE name = 'ring.request'), 0)::bigint,
            coalesce((SELECT sum(count) FROM recent WHERE name = 'ring.request' AND (tag LIKE '2%' OR tag LIKE '3%' OR (tag LIKE '4%' AND tag <> '429'))), 0)::bigint,
            coalesce((SELECT sum(count) FROM recent WHERE name = 'token.refresh'), 0)::bigint,
            coalesce((SELECT sum(count) FROM recent WHERE name = 'token.refresh' AND tag IN ('refreshed', 'late', 'refused')), 0)::bigint,
            (SELECT -max(sum) FROM recent WHERE name = 'disk.free')::bigint,
            (SELECT count(*) FROM (SELECT 1 FROM outbox_emails WHERE sent_at IS NULL AND next_attempt_at < @now AND expires_at > @now LIMIT 1001) AS mail),
            (SELECT array_agg(key) FROM alarms WHERE resolved_at IS NULL)
        """;

    // Alarms are few: what is older than their retention is pruned.
    private const string ChangeSql = "SELECT key, max(coalesce(resolved_at, raised_at)) FROM alarms GROUP BY key";

    private static readonly TimeSpan s_slowDatabase = TimeSpan.FromMilliseconds(250);
    private readonly PortalDataSources _sources;
    private readonly PortalClock _portalClock;
    private readonly PortalReadiness _readiness;
    private readonly TimeProvider _clock;
    private readonly Texts _texts;
    private readonly SharedReading<IReadOnlyList<HealthPart>> _parts;

    public HealthQueries(PortalDataSources sources, PortalClock portalClock, PortalReadiness readiness, TimeProvider clock, Texts texts)
    {
        (_sources, _portalClock, _readiness, _clock, _texts) = (sources, portalClock, readiness, clock, texts);
        _parts = new(TimeSpan.FromSeconds(4), clock, ReadAsync);
    }

    /// <summary>All parts, in the order of the page.</summary>
    public Task<IReadOnlyList<HealthPart>> PartsAsync(CancellationToken cancellationToken) => _parts.GetAsync(cancellationToken);

    private async Task<IReadOnlyList<HealthPart>> ReadAsync(CancellationToken cancellationToken)
    {
        var latency = await ProbeAsync(cancellationToken);
        var changes = await ChangesAsync(cancellationToken);
        await using var command = _sources.Web.CreateCommand(Sql);
        command.Parameters.AddWithValue("now", _clock.GetUtcNow());
        command.Parameters.AddWithValue("from", _clock.GetUtcNow().AddMinutes(-10));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        var (calls, goodCalls, refreshes, goodRefreshes, mails) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(5));
        var disk = await row.OrNullAsync<long>(4, cancellationToken);
        var open = await row.IsDBNullAsync(6, cancellationToken) ? [] : row.GetFieldValue<string[]>(6);
        var offset = _portalClock.Offset;
        return
        [
            Part("database", latency > s_slowDatabase ? StatusKind.Warning : StatusKind.Success, Figures.Time(latency), "store."),
            Part("keys", _readiness.Problem is "keys" ? StatusKind.Error : StatusKind.Success, null, "key.", "certificate.cookies"),
            Part("disk", disk is null ? StatusKind.Neutral : StatusKind.Success, disk is { } free ? _texts.Format("admin.health.disk.figure", ("size", Figures.Size(free))) : null, "store.disk"),
            Part("api", Rate(calls, goodCalls), calls == 0 ? null : _texts.Format("admin.health.api.figure", ("n", goodCalls), ("m", calls)), "ring.throttled"),
            Part("oauth", Rate(refreshes, goodRefreshes), refreshes == 0 ? null : _texts.Format("admin.health.oauth.figure", ("n", goodRefreshes), ("m", refreshes)), "ring.credentials", "token.stale"),
            Part("mail", StatusKind.Success, mails == 0 ? null : _texts.Format("admin.health.mail.figure", ("n", mails)), "mail.failing"),
            Part("clock", offset == TimeSpan.Zero ? StatusKind.Success : StatusKind.Warning, Figures.Time(offset.Duration()), []),
        ];

        HealthPart Part(string name, StatusKind state, string? figure, params string[] causes)
        {
            var mine = changes.Where(change => causes.Any(cause => change.Key.StartsWith(cause, StringComparison.Ordinal))).Select(change => (DateTimeOffset?)change.Value).Max();
            var fires = open.Any(key => causes.Any(cause => key.StartsWith(cause, StringComparison.Ordinal)));
            return new HealthPart(name, fires ? StatusKind.Error : state, mine, figure);
        }
    }

    private async Task<TimeSpan> ProbeAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await using var command = _sources.Web.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync(cancellationToken);
        return Stopwatch.GetElapsedTime(started);
    }

    private async Task<Dictionary<string, DateTimeOffset>> ChangesAsync(CancellationToken cancellationToken)
    {
        var changes = new Dictionary<string, DateTimeOffset>();
        await using var command = _sources.Web.CreateCommand(ChangeSql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            changes[reader.GetString(0)] = reader.GetFieldValue<DateTimeOffset>(1);
        }

        return changes;
    }

    /// <summary>A hiccup is no state: only when most calls fail does the part fail.</summary>
    private static StatusKind Rate(long all, long good) =>
        all == 0 ? StatusKind.Neutral : good * 2 < all ? StatusKind.Error : good * 20 < all * 19 ? StatusKind.Warning : StatusKind.Success;
}
