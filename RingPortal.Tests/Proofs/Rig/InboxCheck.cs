namespace RingPortal.Tests.Proofs.Rig;

/// <summary>What the database holds of what the ledger says it must hold.</summary>
internal sealed record InboxCheck(IReadOnlySet<string> Stored, IReadOnlyCollection<string> Lost, long Rows, long Doubled)
{
    /// <summary>Compares the table itself, not an index, with the ledger.</summary>
    public static async Task<InboxCheck> CompareAsync(ProofCluster cluster, Ledger ledger)
    {
        await using var connection = await cluster.Source.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SET enable_indexscan = off; SET enable_indexonlyscan = off; SELECT request_id FROM webhook_inbox";
        var (stored, rows) = (new HashSet<string>(StringComparer.Ordinal), 0L);
        await using (var reader = await command.ExecuteReaderAsync())
        {
            for (; await reader.ReadAsync(); rows++)
            {
                stored.Add(reader.GetString(0));
            }
        }

        return new InboxCheck(stored, [.. ledger.Acknowledged.Where(id => !stored.Contains(id))], rows, rows - stored.Count);
    }

    /// <summary>How many of these are there.</summary>
    public int Kept(IEnumerable<RingDelivery> sent) => sent.Count(delivery => Stored.Contains(delivery.RequestId));

    /// <summary>Fails when an acknowledged event is not there, or one is there twice.</summary>
    public InboxCheck IsWhole(Ledger ledger)
    {
        Assert.True(Lost.Count == 0, $"{Lost.Count} of {ledger.Count} acknowledged events are not in the inbox, {Lost.FirstOrDefault()} for one");
        Assert.True(Doubled == 0, $"{Doubled} events are in the inbox twice");
        return this;
    }
}
