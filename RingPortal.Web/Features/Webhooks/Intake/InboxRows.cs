using Npgsql;
using NpgsqlTypes;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Webhooks.Intake;

/// <summary>
/// The rows of a batch in the database. Every statement commits by itself, so that nothing is locked while this process
/// is frozen or gone, and an entry is answered only after the commit of its own row.
/// </summary>
internal sealed class InboxRows(PortalDataSources sources, InboxWake wake, TimeProvider clock)
{
    private const string InsertSql =
        """
        INSERT INTO webhook_inbox (id, request_id, event_key, body_hash, body, account_id, event_type, source, occurred_at, received_at, state, reason, headers, attempts, next_attempt_at)
        SELECT id, request_id, event_key, body_hash, body, account_id, event_type, source, occurred_at, received_at, state, reason, headers::jsonb, 0, received_at
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            AS rows (id, request_id, event_key, body_hash, body, account_id, event_type, source, occurred_at, received_at, state, reason, headers)
        ON CONFLICT DO NOTHING
        RETURNING id
        """;

    private const string KnownSql =
        """
        SELECT request_id, event_key, body_hash FROM webhook_inbox WHERE request_id = ANY ($1)
        UNION ALL
        SELECT request_id, event_key, body_hash FROM webhook_inbox WHERE event_key = ANY ($2)
        """;

    /// <summary>Stores what is new and answers every entry; one that throws leaves the others unanswered.</summary>
    public async Task StoreAsync(IReadOnlyList<InboxEntry> entries, CancellationToken cancellationToken)
    {
        await using var connection = await sources.Webhook.OpenConnectionAsync(cancellationToken);
        var refused = await InsertAsync(connection, entries, cancellationToken);
        if (refused.Count == 0)
        {
            return;
        }

        // The insert waited for whoever held the keys, so by now they are committed and can be seen.
        var known = await KnownAsync(connection, refused, cancellationToken);
        var conflicting = refused.Where(entry => known.Judge(entry.Message) is InboxOutcome.Conflicting).ToList();
        await SetApartAsync(connection, conflicting, cancellationToken);
        foreach (var entry in refused.Except(conflicting))
        {
            entry.Answer(known.Judge(entry.Message));
        }
    }

    /// <summary>Answers what was committed and returns the rest.</summary>
    private async Task<IReadOnlyList<InboxEntry>> InsertAsync(NpgsqlConnection connection, IReadOnlyList<InboxEntry> entries, CancellationToken cancellationToken)
    {
        var stored = await InsertAsync(connection, [.. entries.Select(entry => entry.Message)], cancellationToken);
        var refused = new List<InboxEntry>();
        foreach (var entry in entries)
        {
            if (stored.Contains(entry.Message.Id))
            {
                entry.Answer(entry.Message.State is InboxState.Due ? InboxOutcome.Accepted : InboxOutcome.Quarantined);
            }
            else
            {
                refused.Add(entry);
            }
        }

        return refused;
    }

    /// <summary>The same request id with another body: both are kept, the second in quarantine under the hash of its body.</summary>
    private async Task SetApartAsync(NpgsqlConnection connection, List<InboxEntry> conflicting, CancellationToken cancellationToken)
    {
        if (conflicting.Count == 0)
        {
            return;
        }

        var apart = conflicting.Select(entry => (Entry: entry, Message: Apart(entry.Message))).ToList();
        var stored = await InsertAsync(connection, [.. apart.Select(pair => pair.Message)], cancellationToken);
        foreach (var (entry, message) in apart)
        {
            // Its repeats stand there already and need no second alarm.
            entry.Answer(stored.Contains(message.Id) ? InboxOutcome.Conflicting : InboxOutcome.Quarantined);
        }
    }

    private InboxMessage Apart(InboxMessage message)
    {
        var apart = Deliveries.Quarantined(message.Body, message.BodyHash, "another body under a known request id", clock.GetUtcNow());
        apart.Headers = message.Headers;
        return apart;
    }

    private async Task<HashSet<Guid>> InsertAsync(NpgsqlConnection connection, IEnumerable<InboxMessage> messages, CancellationToken cancellationToken)
    {
        // One order of locking for everybody keeps batches that meet from blocking each other.
        var rows = messages.OrderBy(message => message.RequestId, StringComparer.Ordinal).ToList();
        await using var command = new NpgsqlCommand(InsertSql, connection);
        Add(command, NpgsqlDbType.Uuid, rows, row => row.Id);
        Add(command, NpgsqlDbType.Text, rows, row => row.RequestId);
        Add(command, NpgsqlDbType.Text, rows, row => row.EventKey);
        Add(command, NpgsqlDbType.Bytea, rows, row => row.BodyHash);
        Add(command, NpgsqlDbType.Bytea, rows, row => row.Body);
        Add(command, NpgsqlDbType.Text, rows, row => row.AccountId);
        Add(command, NpgsqlDbType.Text, rows, row => row.EventType);
        Add(command, NpgsqlDbType.Text, rows, row => row.Source);
        Add(command, NpgsqlDbType.TimestampTz, rows, row => row.OccurredAt?.UtcDateTime);
        Add(command, NpgsqlDbType.TimestampTz, rows, row => row.ReceivedAt.UtcDateTime);
        Add(command, NpgsqlDbType.Text, rows, row => row.State.ToString());
        Add(command, NpgsqlDbType.Text, rows, row => row.Reason);
        Add(command, NpgsqlDbType.Text, rows, row => row.Headers);
        var stored = (await command.ReadColumnAsync<Guid>(cancellationToken)).ToHashSet();
        if (rows.Exists(row => row.State is InboxState.Due && stored.Contains(row.Id)))
        {
            wake.Signal();
        }

        return stored;
    }

    private static async Task<KnownDeliveries> KnownAsync(NpgsqlConnection connection, IReadOnlyList<InboxEntry> entries, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(KnownSql, connection);
        var rows = entries.Select(entry => entry.Message).ToList();
        Add(command, NpgsqlDbType.Text, rows, row => row.RequestId);
        Add(command, NpgsqlDbType.Text, rows, row => row.EventKey);
        return await KnownDeliveries.ReadAsync(command, cancellationToken);
    }

    private static void Add<T>(NpgsqlCommand command, NpgsqlDbType type, List<InboxMessage> rows, Func<InboxMessage, T> column) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. rows.Select(column)], NpgsqlDbType = NpgsqlDbType.Array | type });
}
