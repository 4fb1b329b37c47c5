using System.Data;
using Npgsql;
using RingPortal.Data.Audit;
using RingPortal.Web.Features.Audit.Sealing;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Audit.Verification;

/// <summary>
/// Compares the whole audit trail with its seals and its archives, as of one moment and in one pass: records come in the
/// order of their numbers, seals in theirs, and only records that a later seal names are held meanwhile.
/// </summary>
internal sealed class AuditVerifier(DatabasePool pool, AuditSealKeys keys, AuditAnchor anchor, TimeProvider clock)
{
    private const int RecordPage = 2_000;
    private const int SealPage = 50;

    private const string SealColumns = "number, sealed_at, settled_before, started_before, record_ids, record_marks, digest, previous_mac, mac, key_id, pruned_at";

    /// <summary>Looks at everything; changes nothing.</summary>
    /// <param name="known">A seal that somebody remembers; null when nobody does.</param>
    /// <param name="progress">Told now and then how far it has come.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<AuditVerdict> VerifyAsync(AuditMark? known, IProgress<AuditProgress>? progress, CancellationToken cancellationToken)
    {
        await using var connection = await pool.Source.OpenConnectionAsync(cancellationToken);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var total = await ScalarAsync(connection, "SELECT count(*) FROM audit_records", cancellationToken);
        var running = await ScalarAsync(connection, "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint", cancellationToken);
        var records = new AuditCursor<AuditLeaf>(connection, "records", RecordPage, AuditLeaf.Read);
        await records.OpenAsync($"SELECT {AuditLeaf.Columns} FROM audit_records ORDER BY id", cancellationToken);
        var seals = new AuditCursor<AuditSeal>(connection, "seals", SealPage, ReadSeal);
        await seals.OpenAsync($"SELECT {SealColumns} FROM audit_seals ORDER BY number", cancellationToken);
        var chain = new ChainCheck(keys, known);
        while (await seals.PeekAsync(cancellationToken) is { } seal)
        {
            seals.Take();
            await LoadAsync(records, chain, seal.RecordIds is [.., var last] ? last : 0, cancellationToken);
            chain.Check(seal);
            progress?.Report(new AuditProgress(chain.Records, total));
        }

        await LoadAsync(records, chain, long.MaxValue, cancellationToken);
        chain.Finish(running, clock.GetUtcNow(), anchor.Since);
        await ArchiveCheck.RunAsync(connection, chain, cancellationToken);
        progress?.Report(new AuditProgress(total, total));
        return new AuditVerdict(chain.Records, chain.Seals, chain.Newest is { } newest ? new AuditMark(newest.Number, newest.Mac) : null, chain.Newest?.SealedAt, chain.Breaks) { Through = chain.Through };
    }

    private static async Task LoadAsync(AuditCursor<AuditLeaf> records, ChainCheck chain, long through, CancellationToken cancellationToken)
    {
        while (await records.PeekAsync(cancellationToken) is { } leaf && leaf.Id <= through)
        {
            records.Take();
            chain.Found(leaf);
        }
    }

    private static AuditSeal ReadSeal(NpgsqlDataReader row) => new()
    {
        Number = row.GetInt64(0),
        SealedAt = row.GetFieldValue<DateTimeOffset>(1),
        SettledBefore = row.GetInt64(2),
        StartedBefore = row.GetInt64(3),
        RecordIds = row.GetFieldValue<long[]>(4),
        RecordMarks = row.GetFieldValue<byte[]>(5),
        Digest = row.GetFieldValue<byte[]>(6),
        PreviousMac = row.GetFieldValue<byte[]>(7),
        Mac = row.GetFieldValue<byte[]>(8),
        KeyId = row.GetFieldValue<byte[]>(9),
        PrunedAt = row.IsDBNull(10) ? null : row.GetFieldValue<DateTimeOffset>(10),
    };

    private static async Task<long> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
