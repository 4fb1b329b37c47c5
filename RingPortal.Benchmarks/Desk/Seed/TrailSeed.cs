using System.Globalization;

namespace RingPortal.Benchmarks.Desk.Seed;

/// <summary>
/// A year of the audit trail, oldest first. Written in many transactions, because a seal never divides one; the portal itself
/// seals it then, so the trail is whole and nothing of it raises an alarm.
/// </summary>
internal static class TrailSeed
{
    private const int Chunk = 2_000;

    /// <summary>How many people of the staff have acted.</summary>
    public const int Operators = 5;

    public static IEnumerable<string> Statements(DeskRows rows)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"INSERT INTO audit_subjects (id, user_id, sealed_archive_key) SELECT {SeedSql.Pseudonym("n")}, {SeedSql.Person("n")}, '\\x01' FROM generate_series(1, {rows.Links}) AS n");
        for (var first = 1; first <= rows.Records; first += Chunk)
        {
            yield return Records(rows, first, Math.Min(first + Chunk - 1, rows.Records));
        }
    }

    private static string Records(DeskRows rows, int first, int last) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        INSERT INTO audit_records (at, action, actor, actor_id, subject_id, target, reason, details)
        SELECT now() - ({{rows.Records}} - n) * {{SeedSql.Step(TimeSpan.FromDays(360), rows.Records)}},
            CASE WHEN n % 5000 = 0 THEN 'webhook.discarded' ELSE (ARRAY['sign-in.succeeded', 'sign-in.failed', 'link.claimed', 'device.removed', 'live.started'])[1 + n % 5] END,
            CASE WHEN n % 5000 = 0 THEN 'Staff' WHEN n % 5 = 3 THEN 'Ring' ELSE 'Person' END,
            CASE WHEN n % 5000 = 0 THEN {{SeedSql.Pseudonym($"1 + n / 5000 % {Operators}")}} WHEN n % 5 <> 3 THEN {{SeedSql.Pseudonym("person")}} END,
            {{SeedSql.Pseudonym("person")}}, 'device:' || {{SeedSql.Camera("person * 10 + 1")}}, CASE WHEN n % 5000 = 0 THEN 'Asked for on the phone' END, jsonb_build_object('count', n % 100)
        FROM (SELECT n, 1 + n * 7919::bigint % {{rows.Links}} AS person FROM generate_series({{first}}, {{last}}) AS n) AS records
        """);
}
