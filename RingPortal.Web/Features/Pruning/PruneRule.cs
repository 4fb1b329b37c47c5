namespace RingPortal.Web.Features.Pruning;

/// <summary>What is pruned of one table, at most so many rows at a time, found by an index.</summary>
/// <param name="Table">The table.</param>
/// <param name="Age">How old rows must be.</param>
/// <param name="Condition">Which rows; <c>@before</c> is the time of that age, and the condition on it is the one an index serves.</param>
/// <param name="Order">The column of that index.</param>
internal sealed record PruneRule(string Table, TimeSpan Age, string Condition, string Order)
{
    /// <summary>Rows of one transaction.</summary>
    public const int Chunk = 2_000;

    /// <summary>Everything but the audit trail, which is shortened by the database itself.</summary>
    public static IReadOnlyList<PruneRule> All(RetentionOptions retention) =>
    [
        // Never what is due, parked or dead, however old.
        new("webhook_inbox", Days(retention.Inbox.RetentionDays), "received_at < @before AND state IN ('Done', 'Quarantined')", "received_at"),
        new("arrivals", Days(retention.Arrivals.RetentionDays), "at < @before", "at"),
        new("arrival_minutes", Days(retention.Arrivals.RetentionDays), "at < @before", "at"),
        new("device_events", Days(retention.Events.RetentionDays), "occurred_at < @before", "occurred_at"),
        // A gap among events that are kept no longer says nothing.
        new("event_gaps", Days(retention.Events.RetentionDays), "to_at < @before", "to_at"),
        new("snapshots", Days(retention.Snapshots.RetentionDays), "stored_at < @before", "stored_at"),
        // What its owner wants to be kept for a shorter time.
        new("snapshots", TimeSpan.Zero, "keep_until < @before", "keep_until"),
        new("outbox_emails", Days(30), "created_at < @before AND (sent_at IS NOT NULL OR expires_at < @before)", "created_at"),
        new("used_nonces", Days(7), "used_at < @before", "used_at"),
        new("live_sessions", Days(30), "closed_at < @before", "closed_at"),
        // No cookie lives longer than a fortnight.
        new("ended_sessions", Days(30), "ended_at < @before", "ended_at"),
        new("inbox_bulks", Days(90), "asked_at < @before AND settled_at < @before", "asked_at"),
        new("audit_checks", Days(90), "asked_at < @before", "asked_at"),
        new("alarms", Days(90), "resolved_at < @before", "resolved_at"),
        new("minute_figures", Days(7), "minute < @before", "minute"),
        // With them goes what still hangs on them: not before their teardown has archived it, nor while deliveries are kept that
        // only they tell whose they are.
        new(
            "ring_tokens", Days(30),
            """
            state IN ('DISCONNECTED', 'REMOVED', 'EXPIRED', 'FAILED') AND state_changed_at < @before
              AND (SELECT id FROM devices WHERE devices.ring_token_id = ring_tokens.id LIMIT 1) IS NULL
              AND (SELECT id FROM teardowns WHERE teardowns.ring_token_id = ring_tokens.id AND teardowns.completed_at IS NULL LIMIT 1) IS NULL
              AND (SELECT id FROM webhook_inbox WHERE webhook_inbox.account_id = ring_tokens.account_id AND webhook_inbox.received_at <= ring_tokens.state_changed_at LIMIT 1) IS NULL
            """,
            "state_changed_at"),
        new("teardowns", Days(365), "requested_at < @before AND completed_at < @before", "requested_at"),
        new("erasures", Days(365), "requested_at < @before AND completed_at < @before", "requested_at"),
        new("disconnected_accounts", Days(400), "disconnected_at < @before", "disconnected_at"),
    ];

    /// <summary>Deletes one chunk, the oldest first; rows that somebody holds are left to the next run.</summary>
    public string Sql =>
        $"DELETE FROM {Table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM {Table} WHERE {Condition} ORDER BY {Order} LIMIT {Chunk} FOR UPDATE OF {Table} SKIP LOCKED))";

    private static TimeSpan Days(int days) => TimeSpan.FromDays(days);
}
