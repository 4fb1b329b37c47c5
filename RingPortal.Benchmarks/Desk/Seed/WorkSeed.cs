namespace RingPortal.Benchmarks.Desk.Seed;

/// <summary>What work on links has left behind: removals with their steps, and one long outage that every camera had a gap from.</summary>
internal static class WorkSeed
{
    public static IEnumerable<string> Statements =>
    [
        $"""
        INSERT INTO teardowns (id, kind, cause, ring_token_id, user_id, name, occurred_at, requested_at, completed_at, attempts)
        SELECT {SeedSql.Key("state_changed_at", "id::text")}, 'Integration', 'Webhook', id, user_id, masked_account, state_changed_at, state_changed_at, state_changed_at + interval '4 seconds', 1
        FROM ring_tokens WHERE state = 'REMOVED'
        """,
        """
        INSERT INTO teardown_steps (teardown_id, name, position, attempts, started_at, finished_at, result)
        SELECT id, step.name, step.position, 1, requested_at, completed_at, 'done' FROM teardowns, unnest(ARRAY['marked', 'sessions', 'work', 'archive', 'delete', 'told']) WITH ORDINALITY AS step (name, position)
        """,
        """
        INSERT INTO event_gaps (id, device_id, from_at, to_at, cause, state, found, filled, attempts, listed_at, settled_at)
        SELECT gen_random_uuid(), id, ended - interval '3 hours', ended, 'outage', 'Filled', 2, 2, 1, ended, ended + interval '10 minutes'
        FROM devices, (SELECT date_trunc('minute', now()) - interval '10 days' AS ended) AS outage
        """,
    ];
}
