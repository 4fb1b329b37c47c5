using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using RingPortal.Data;

namespace RingPortal.Web.Features.Audit.Sealing;

/// <summary>
/// Seals the records that cannot change any more. Transactions get their numbers in order, so each seal takes all records
/// of transactions from where the last one ended up to the oldest that still runs: whatever commits late has a higher
/// number and is in a later seal. Found by an index, however long the trail is.
/// </summary>
internal sealed partial class AuditSealer(RingPortalContext context, AuditSealKeys keys, AuditAnchor anchor, TimeProvider clock, ILogger<AuditSealer> logger)
{
    /// <summary>Records of one seal; a single transaction with more stays whole.</summary>
    public const int Most = 10_000;

    /// <summary>Without records there is a seal this often, so that a trail without an end is noticed.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromMinutes(15);

    internal const string EndSql = "SELECT transaction_id FROM audit_records WHERE transaction_id >= @from AND transaction_id < @to ORDER BY transaction_id OFFSET @most LIMIT 1";

    internal const string RecordsSql =
        $"SELECT {AuditLeaf.Columns} FROM audit_records WHERE transaction_id >= @from AND transaction_id < @to AND {NotYet} ORDER BY id";

    // After a restore into another cluster transactions count anew. A record that is there and has a number that no
    // transaction of this cluster has had comes from the other one.
    private const string StrayRecordsSql =
        $"""
        SELECT {AuditLeaf.Columns} FROM audit_records
        WHERE (transaction_id < @to OR transaction_id >= (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint)) AND {NotYet}
        ORDER BY id
        """;

    // Only a restored trail has sealed records whose numbers of transactions come up again.
    private const string NotYet = "NOT EXISTS (SELECT FROM audit_seals WHERE record_ids @> ARRAY[audit_records.id])";

    /// <summary>
    /// Few seals of many records lie on one page of their table, so reading it for every record looks cheap to the planner: it does
    /// not count that each seal is unpacked. 10,000 records beside 50 such seals took a minute.
    /// </summary>
    internal const string ByIndexSql = "SET LOCAL enable_seqscan = off";

    /// <summary>Seals all that can be sealed; nothing while another instance does.</summary>
    /// <returns>How many records were sealed.</returns>
    public async Task<int> SealAsync(CancellationToken cancellationToken)
    {
        var (total, more) = (0, true);
        while (more)
        {
            (var count, more) = await SealOnceAsync(cancellationToken);
            total += count;
        }

        return total;
    }

    private async Task<(int Count, bool More)> SealOnceAsync(CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await ScalarAsync<bool>("SELECT pg_try_advisory_xact_lock(7214500015)", [], cancellationToken))
        {
            return (0, false);
        }

        await context.Database.ExecuteSqlRawAsync(ByIndexSql, cancellationToken);
        var previous = await context.AuditSeals.AsNoTracking().OrderByDescending(seal => seal.Number).FirstOrDefaultAsync(cancellationToken);
        var oldest = await ScalarAsync<long>("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint", [], cancellationToken);
        var from = previous?.SettledBefore ?? 0;
        var isRestored = oldest < from;
        var to = isRestored ? oldest : await EndAsync(from, oldest, cancellationToken);
        using var draft = new SealDraft();
        await GatherAsync(draft, isRestored ? StrayRecordsSql : RecordsSql, [new("from", from), new("to", to)], cancellationToken);
        var now = clock.GetUtcNow();
        if (draft.Count == 0 && to == oldest && !isRestored && previous is not null && now - previous.SealedAt < Heartbeat)
        {
            return (0, false);
        }

        // Our own number: every transaction that has begun by now has a lower one.
        var next = await ScalarAsync<long>("SELECT pg_current_xact_id()::text::bigint", [], cancellationToken);
        var seal = draft.Close(previous, new Horizon(to, next), keys, now);
        context.AuditSeals.Add(seal);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        var mark = new AuditMark(seal.Number, seal.Mac);
        anchor.Saw(mark);
        Log.Sealed(logger, mark, seal.RecordIds.Length, Convert.ToHexStringLower(seal.Digest));
        return (draft.Count, to != oldest);
    }

    /// <summary>Where this seal ends: at the oldest running transaction, or earlier when that would be too much at once.</summary>
    private async Task<long> EndAsync(long from, long oldest, CancellationToken cancellationToken)
    {
        await using var command = Command(EndSql, [new("from", from), new("to", oldest), new("most", Most)]);
        return await command.ExecuteScalarAsync(cancellationToken) is long end ? Math.Max(end, from + 1) : oldest;
    }

    private async Task GatherAsync(SealDraft draft, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, [.. parameters.Where(parameter => sql.Contains("@" + parameter.ParameterName, StringComparison.Ordinal))]);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            draft.Add(AuditLeaf.Read(reader));
        }
    }

    private async Task<T> ScalarAsync<T>(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, parameters);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private NpgsqlCommand Command(string sql, NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, (NpgsqlConnection)context.Database.GetDbConnection(), (NpgsqlTransaction)context.Database.CurrentTransaction!.GetDbTransaction());
        command.Parameters.AddRange(parameters);
        return command;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Audit seal {Mark} closes {Count} records, digest {Digest}")]
        public static partial void Sealed(ILogger logger, AuditMark mark, int count, string digest);
    }
}
