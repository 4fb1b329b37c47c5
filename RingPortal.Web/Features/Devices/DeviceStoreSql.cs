namespace RingPortal.Web.Features.Devices;

/// <summary>The statements of <see cref="DeviceStore"/>. Two listings at once are safe: each first locks the link's row.</summary>
internal static class DeviceStoreSql
{
    public const string LockLink =
        "SELECT user_id FROM ring_tokens WHERE id = @link AND state IN ('CONFIRMED', 'ACTIVE', 'REAUTH_REQUIRED') FOR NO KEY UPDATE";

    /// <summary>
    /// A camera whose removal is younger than the question is left out. A name or capability that Ring left out stays as it
    /// was. Status and settings that it left out are unknown from
    /// now on. Whatever is known from after the question stays. A camera that is new is recorded in the audit trail.
    /// </summary>
    public const string Upsert =
        """
        WITH stored AS (
        INSERT INTO devices AS kept (id, ring_token_id, user_id, ring_device_id, name, online, status_at, last_online_at, offline_since,
                                     capabilities, configurations, country, region, refreshed_at, added_at, missing_since)
        SELECT told.id, @link, @user, told.ring_device_id, coalesce(told.name, old.name, @unnamed),
               CASE WHEN is_news THEN told.online ELSE old.online END,
               greatest(old.status_at, @asked),
               CASE WHEN is_news AND told.online THEN @asked ELSE old.last_online_at END,
               CASE WHEN NOT is_news OR told.online IS NULL THEN old.offline_since
                    WHEN NOT told.online THEN coalesce(old.offline_since, @asked) END,
               coalesce(told.capabilities::jsonb, old.capabilities), told.configurations::jsonb,
               coalesce(told.country, old.country), CASE WHEN told.country IS NULL THEN coalesce(told.region, old.region) ELSE told.region END,
               @asked, @now, CASE WHEN old.missing_since > @asked THEN old.missing_since END
        FROM unnest(@ids, @ring_device_ids, @names, @online, @capabilities, @configurations, @countries, @regions)
             AS told(id, ring_device_id, name, online, capabilities, configurations, country, region)
        LEFT JOIN devices AS old ON old.ring_token_id = @link AND old.ring_device_id = told.ring_device_id AND old.removed_at IS NULL
        CROSS JOIN LATERAL (SELECT coalesce(old.status_at <= @asked, true) AS is_news) AS news
        WHERE NOT EXISTS (SELECT FROM teardowns WHERE ring_token_id = @link AND ring_device_id = told.ring_device_id AND occurred_at >= @asked)
        ON CONFLICT (ring_token_id, ring_device_id) WHERE removed_at IS NULL DO UPDATE SET
            user_id = excluded.user_id, name = excluded.name, online = excluded.online, status_at = excluded.status_at,
            last_online_at = excluded.last_online_at, offline_since = excluded.offline_since, capabilities = excluded.capabilities,
            configurations = excluded.configurations, country = excluded.country, region = excluded.region,
            refreshed_at = excluded.refreshed_at, missing_since = excluded.missing_since
        WHERE kept.refreshed_at <= excluded.refreshed_at
        RETURNING id)
        INSERT INTO audit_records (at, action, actor, subject_id, target)
        SELECT @now, 'device.added', 'Ring', (SELECT subject.id FROM audit_subjects AS subject WHERE subject.user_id = @user), 'device:' || stored.id
        FROM stored WHERE stored.id = ANY(@ids)
        """;

    public const string MarkMissing =
        """
        UPDATE devices SET missing_since = @asked
        WHERE ring_token_id = @link AND removed_at IS NULL AND missing_since IS NULL AND refreshed_at < @asked AND ring_device_id <> ALL(@ring_device_ids)
        """;

    public const string MarkSynced =
        "UPDATE ring_tokens SET devices_synced_at = greatest(devices_synced_at, @asked), devices_sync_failed_at = NULL WHERE id = @link";

    public const string MarkFailed =
        """
        UPDATE ring_tokens SET devices_sync_failed_at = coalesce(devices_sync_failed_at, @asked)
        WHERE id = @link AND (devices_synced_at IS NULL OR devices_synced_at < @asked)
        """;

    public const string LongMissing =
        """
        SELECT id, ring_device_id FROM devices
        WHERE ring_token_id = @link AND removed_at IS NULL AND missing_since <= @long_ago AND refreshed_at < @asked AND ring_device_id <> ALL(@ring_device_ids)
        ORDER BY missing_since
        """;
}
