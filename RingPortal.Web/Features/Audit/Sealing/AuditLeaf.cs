using System.Buffers;
using System.Security.Cryptography;
using Npgsql;

namespace RingPortal.Web.Features.Audit.Sealing;

/// <summary>A record as seals see it: its hash over every column, and the few facts that verification asks about.</summary>
internal sealed record AuditLeaf(long Id, long TransactionId, DateTimeOffset At, string Action, string? Details, Guid? ArchiveId, byte[]? ArchiveDigest, byte[] Hash)
{
    /// <summary>Bytes of the hash that a seal keeps, to tell which record was changed.</summary>
    public const int MarkLength = 8;

    /// <summary>Every column of <c>audit_records</c>, in the order in which <see cref="Read"/> takes them.</summary>
    public const string Columns = "id, transaction_id, at, action, actor, actor_id, subject_id, target, reason, details::text, archive_id, archive_digest";

    /// <summary>Reads the current row of <see cref="Columns"/>.</summary>
    public static AuditLeaf Read(NpgsqlDataReader row)
    {
        var (id, transaction, at, action) = (row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3));
        var (details, archive, digest) = (Text(row, 9), Key(row, 10), row.IsDBNull(11) ? null : row.GetFieldValue<byte[]>(11));
        var bytes = new ArrayBufferWriter<byte>(256);
        bytes.Add(id);
        bytes.Add(transaction);
        bytes.Add(at);
        bytes.Add(action);
        bytes.Add(row.GetString(4));
        bytes.Add(Key(row, 5));
        bytes.Add(Key(row, 6));
        bytes.Add(Text(row, 7));
        bytes.Add(Text(row, 8));
        bytes.Add(details);
        bytes.Add(archive);
        bytes.Add(digest);
        return new AuditLeaf(id, transaction, at, action, details, archive, digest, SHA256.HashData(bytes.WrittenSpan));
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static Guid? Key(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);
}
