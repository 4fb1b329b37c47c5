using RingPortal.Web.Features.Admin.Minutes;

namespace RingPortal.Benchmarks.Desk.Seed;

/// <summary>A week of the figures that the overview is drawn from, all of them well, and three months of settled alarms.</summary>
internal static class FigureSeed
{
    public static IEnumerable<string> Statements =>
    [
        $"""
        INSERT INTO minute_figures (minute, instance, name, tag, count, sum, buckets)
        SELECT date_trunc('minute', now()) - n * interval '1 minute', 'host:1', name, tag, 30 + n % 17, 0, CASE WHEN timed THEN array_fill(0::bigint, ARRAY[2]) || array_fill(2::bigint, ARRAY[8]) || array_fill(0::bigint, ARRAY[{FigureBuckets.Count - 10}]) END
        FROM generate_series(1, 7 * 24 * 60 - 60) AS n, (VALUES
            ('{FigureNames.RingRequests}', '200', false), ('{FigureNames.RingRequests}', '404', false), ('{FigureNames.Refreshes}', 'refreshed', false), ('{FigureNames.Links}', 'linked', false), ('{FigureNames.Links}', 'expired', false),
            ('{FigureNames.Codes}', 'accepted', false), ('{FigureNames.Codes}', 'exchanged', false), ('{FigureNames.Codes}', 'unclaimed', false),
            ('{FigureNames.Webhooks}', 'accepted', false), ('{FigureNames.Webhooks}', 'duplicate', false), ('{FigureNames.Webhooks}', 'invalid_signature', false),
            ('{FigureNames.WebhookTypes}', 'motion_detected', false), ('{FigureNames.WebhookTypes}', 'button_press', false), ('{FigureNames.WebhookTypes}', 'device_online', false), ('{FigureNames.WebhookTypes}', 'device_offline', false),
            ('{FigureNames.WebhookKeys}', 'current', false), ('{FigureNames.WebhookAnswers}', '', true), ('{FigureNames.Statements}', 'web', true), ('{FigureNames.Statements}', 'webhook', true), ('{FigureNames.Statements}', 'jobs', true))
            AS figures (name, tag, timed)
        """,
        """
        INSERT INTO alarms (id, key, text, level, raised_at, last_at, count, resolved_at)
        SELECT gen_random_uuid(), (ARRAY['ring.throttled', 'mail.failing', 'teardown.stuck', 'webhook.backlog'])[1 + n % 4], 'It was wrong. It was mended.', 'Warning', at, at, 1, at + interval '10 minutes'
        FROM (SELECT n, now() - n * interval '64 minutes' AS at FROM generate_series(1, 2000) AS n) AS times
        """,
        "INSERT INTO alarm_notes (id, alarm_id, at, kind, text) SELECT gen_random_uuid(), id, raised_at, kind, text FROM alarms, unnest(ARRAY['raised', 'resolved']) AS kind",
    ];
}
