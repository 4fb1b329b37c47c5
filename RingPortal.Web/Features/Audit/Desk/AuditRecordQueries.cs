using Microsoft.EntityFrameworkCore;
using Npgsql;
using RingPortal.Data;
using RingPortal.Data.Audit;
using RingPortal.Web.Features.Audit.Sealing;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Audit.Desk;

/// <summary>One record with what proves it: its hash, the seal that closes it, its neighbours, its archive.</summary>
internal sealed class AuditRecordQueries(IServiceScopeFactory scopes)
{
    /// <summary>The record; null when there is none.</summary>
    public async Task<AuditDetail?> RecordAsync(long id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        if (await context.AuditRecords.AsNoTracking().SingleOrDefaultAsync(record => record.Id == id, cancellationToken) is not { } row)
        {
            return null;
        }

        var hash = await HashAsync(scope.ServiceProvider.GetRequiredService<DatabasePool>().Source, id, cancellationToken);
        return new AuditDetail(
            AuditQueries.Listed(row, await AuditQueries.StaffAsync(context, [row], cancellationToken)), row.Details, Convert.ToHexStringLower(hash),
            await SealAsync(context, id, hash, cancellationToken),
            await context.AuditRecords.Where(record => record.Id < id).MaxAsync(record => (long?)record.Id, cancellationToken),
            await context.AuditRecords.Where(record => record.Id > id).MinAsync(record => (long?)record.Id, cancellationToken),
            await ArchiveAsync(context, row, cancellationToken));
    }

    private static async Task<byte[]> HashAsync(NpgsqlDataSource source, long id, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"SELECT {AuditLeaf.Columns} FROM audit_records WHERE id = $1");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return AuditLeaf.Read(reader).Hash;
    }

    private static async Task<AuditSealed?> SealAsync(RingPortalContext context, long id, byte[] hash, CancellationToken cancellationToken)
    {
        if (await context.AuditSeals.FromSql($"SELECT * FROM audit_seals WHERE record_ids @> ARRAY[{id}]").AsNoTracking().OrderBy(row => row.Number).FirstOrDefaultAsync(cancellationToken) is not { } seal)
        {
            return null;
        }

        var place = Array.IndexOf(seal.RecordIds, id) * AuditLeaf.MarkLength;
        var matches = place + AuditLeaf.MarkLength <= seal.RecordMarks.Length
            && hash.AsSpan(0, AuditLeaf.MarkLength).SequenceEqual(seal.RecordMarks.AsSpan(place, AuditLeaf.MarkLength));
        return new AuditSealed(seal.Number, seal.SealedAt, seal.RecordIds.Length, Convert.ToHexStringLower(seal.Digest), Convert.ToHexStringLower(seal.Mac), Convert.ToHexStringLower(seal.KeyId), matches);
    }

    /// <summary>Facts only: opening an archive is an act of its own.</summary>
    private static async Task<AuditArchive?> ArchiveAsync(RingPortalContext context, AuditRecord row, CancellationToken cancellationToken)
    {
        if (row.ArchiveId is not { } id)
        {
            return null;
        }

        var told = row.ArchiveDigest is { } digest ? Convert.ToHexStringLower(digest) : null;
        var kept = await context.Archives.AsNoTracking().Where(archive => archive.Id == id)
            .Select(archive => new { archive.CreatedAt, archive.Digest, Size = archive.Content.Length, IsReadable = context.AuditSubjects.Any(subject => subject.Id == archive.SubjectId) })
            .SingleOrDefaultAsync(cancellationToken);
        return kept is null
            ? new AuditArchive(id, told, null, 0, Matches: false, IsReadable: false)
            : new AuditArchive(id, told, kept.CreatedAt, kept.Size, Convert.ToHexStringLower(kept.Digest) == told, kept.IsReadable);
    }
}

/// <summary>A record with what proves it.</summary>
/// <param name="Row">The record.</param>
/// <param name="Details">Its facts (JSON).</param>
/// <param name="Hash">SHA-256 over all of it.</param>
/// <param name="Seal">The seal that closes it; null while it waits for one.</param>
/// <param name="Previous">The number before it.</param>
/// <param name="Next">The number after it.</param>
/// <param name="Archive">The archive that belongs to it.</param>
public sealed record AuditDetail(AuditRow Row, string? Details, string Hash, AuditSealed? Seal, long? Previous, long? Next, AuditArchive? Archive);

/// <summary>A seal.</summary>
/// <param name="Number">Its number.</param>
/// <param name="At">When it was made (UTC).</param>
/// <param name="Records">How many records it closes.</param>
/// <param name="Digest">SHA-256 over them.</param>
/// <param name="Mac">Its HMAC, which the next one carries.</param>
/// <param name="KeyId">Which key made it.</param>
/// <param name="Matches">Whether the record is still what was sealed, as far as the seal alone tells.</param>
public sealed record AuditSealed(long Number, DateTimeOffset At, int Records, string Digest, string Mac, string KeyId, bool Matches);

/// <summary>An archive from outside.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Digest">SHA-256 of its ciphertext, as the trail has it.</param>
/// <param name="CreatedAt">When it was written (UTC); null when it is gone.</param>
/// <param name="Size">Bytes of its ciphertext.</param>
/// <param name="Matches">Whether what is kept is what was recorded.</param>
/// <param name="IsReadable">Whether its person's key is still there.</param>
public sealed record AuditArchive(Guid Id, string? Digest, DateTimeOffset? CreatedAt, int Size, bool Matches, bool IsReadable);
