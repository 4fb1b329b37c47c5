using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>What became of the events that were acknowledged: each is one entry of its household's timeline, not none and not two.</summary>
internal sealed record EffectCheck(long Effects, IReadOnlyCollection<string> Missing, IReadOnlyCollection<string> Doubled, long Foreign)
{
    private const string Sql =
        """
        SELECT row.request_id, row.state, count(entry.id)
        FROM webhook_inbox row LEFT JOIN device_events entry ON entry.inbox_id = row.id
        WHERE row.request_id = ANY(@ids) GROUP BY row.id
        """;

    /// <summary>Waits until nothing is due any more.</summary>
    public static Task DrainedAsync(ProofCluster cluster, TimeSpan limit) => Eventually.TrueAsync(
        async () => await cluster.ScalarAsync<bool>("SELECT NOT EXISTS (SELECT 1 FROM webhook_inbox WHERE state = 'Due')"), limit, "every event is processed");

    /// <summary>Compares the timelines with the ledger. For ledgers of motions and presses of linked households.</summary>
    public static async Task<EffectCheck> CompareAsync(ProofCluster cluster, Ledger ledger)
    {
        await using var command = cluster.Source.CreateCommand(Sql);
        command.Parameters.AddWithValue("ids", ledger.Acknowledged.ToArray());
        var (effects, missing, doubled) = (0L, new List<string>(), new List<string>());
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                var (id, state, count) = (reader.GetString(0), reader.GetString(1), reader.GetInt64(2));
                effects += count;
                if (state != "Done" || count == 0)
                {
                    missing.Add($"{id} ({state})");
                }
                else if (count > 1)
                {
                    doubled.Add(id);
                }
            }
        }

        // An effect whose delivery nobody stored, and one event under two keys.
        var foreign = await cluster.ScalarAsync<long>(
            """
            SELECT (SELECT count(*) FROM device_events entry WHERE NOT EXISTS (SELECT 1 FROM webhook_inbox row WHERE row.id = entry.inbox_id))
                 + (SELECT count(*) - count(DISTINCT (device_id, kind, occurred_at)) FROM device_events)
            """);
        return new EffectCheck(effects, missing, doubled, foreign);
    }

    /// <summary>Waits for the last event and fails unless every acknowledged one took effect once.</summary>
    public static async Task<EffectCheck> WholeAsync(ProofCluster cluster, Ledger ledger, TimeSpan limit)
    {
        await DrainedAsync(cluster, limit);
        var check = await CompareAsync(cluster, ledger);
        Assert.True(check.Missing.Count == 0, $"{check.Missing.Count} acknowledged events had no effect, {check.Missing.FirstOrDefault()} for one");
        Assert.True(check.Doubled.Count == 0, $"{check.Doubled.Count} events took effect twice, {check.Doubled.FirstOrDefault()} for one");
        Assert.Equal(ledger.Count, check.Effects);
        Assert.Equal(0, check.Foreign);
        return check;
    }
}
