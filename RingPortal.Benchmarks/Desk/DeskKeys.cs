using Npgsql;
using RingPortal.Benchmarks.Desk.Seed;

namespace RingPortal.Benchmarks.Desk;

/// <summary>Rows that pages of one thing are opened with, each by the name that it has in <see cref="DeskPages"/>.</summary>
internal static class DeskKeys
{
    // Somebody with four cameras; what there are many of is taken from the middle.
    private static readonly (string Name, string Sql)[] s_questions =
    [
        ("link", $"SELECT id::text FROM ring_tokens WHERE state = 'ACTIVE' AND {LinkSeed.Number} % 10 = 6 ORDER BY id DESC LIMIT 1"),
        ("user", $"SELECT user_id::text FROM ring_tokens WHERE state = 'ACTIVE' AND {LinkSeed.Number} % 10 = 6 ORDER BY id DESC LIMIT 1"),
        ("person", $"SELECT subject.id::text FROM ring_tokens AS link JOIN audit_subjects AS subject ON subject.user_id = link.user_id WHERE link.state = 'ACTIVE' AND {LinkSeed.Number} % 10 = 6 ORDER BY link.id DESC LIMIT 1"),
        ("account", $"SELECT account_id FROM ring_tokens WHERE state = 'ACTIVE' AND {LinkSeed.Number} % 10 = 6 ORDER BY id DESC LIMIT 1"),
        ("camera", $"SELECT device.id::text FROM ring_tokens AS link JOIN devices AS device ON device.ring_token_id = link.id WHERE link.state = 'ACTIVE' AND {LinkSeed.Number} % 10 = 6 ORDER BY link.id DESC, device.id LIMIT 1"),
        ("staff", "SELECT actor_id::text FROM audit_records WHERE actor = 'Staff' ORDER BY id LIMIT 1"),
        ("record", "SELECT (max(id) / 2)::text FROM audit_records"),
        ("delivery", "SELECT id::text FROM webhook_inbox WHERE received_at > now() - interval '15 days' ORDER BY received_at LIMIT 1"),
        ("stopped", "SELECT id::text FROM webhook_inbox WHERE state = 'Dead' ORDER BY received_at LIMIT 1"),
        ("job", "SELECT id::text FROM hangfire.job WHERE statename = 'Succeeded' AND arguments->>0 IS NOT NULL ORDER BY id LIMIT 1"),
        ("failed", "SELECT id::text FROM hangfire.job WHERE statename = 'Failed' ORDER BY id LIMIT 1"),
        ("middle", "SELECT (max(id) / 2)::text FROM hangfire.job"),
        ("subject", "SELECT trim('\"' FROM arguments->>0) FROM hangfire.job WHERE statename = 'Succeeded' AND arguments->>0 IS NOT NULL ORDER BY id LIMIT 1"),
        ("teardown", "SELECT id::text FROM teardowns ORDER BY requested_at LIMIT 1"),
        ("older", "SELECT id::text FROM ring_tokens ORDER BY id OFFSET (SELECT count(*) / 2 FROM ring_tokens) LIMIT 1"),
        ("alarm", "SELECT id::text FROM alarms WHERE resolved_at IS NOT NULL ORDER BY resolved_at DESC LIMIT 1"),
        ("outage", "SELECT to_char(max(to_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US') || '0Z' FROM event_gaps"),
    ];

    public static async Task<Dictionary<string, string>> ReadAsync(NpgsqlDataSource source)
    {
        var keys = new Dictionary<string, string>();
        foreach (var (name, sql) in s_questions)
        {
            await using var command = source.CreateCommand(sql);
            keys[name] = (string?)await command.ExecuteScalarAsync() ?? throw new InvalidOperationException($"The database has no {name}.");
        }

        return keys;
    }
}
