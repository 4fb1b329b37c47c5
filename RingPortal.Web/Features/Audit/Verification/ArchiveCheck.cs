using Npgsql;

namespace RingPortal.Web.Features.Audit.Verification;

/// <summary>Compares the archives with what the trail says of them; their content is hashed where it lies.</summary>
internal static class ArchiveCheck
{
    private const int Page = 50;

    public static async Task RunAsync(NpgsqlConnection connection, ChainCheck chain, CancellationToken cancellationToken)
    {
        var archives = new AuditCursor<Stored>(connection, "kept", Page, row => new(row.GetGuid(0), row.GetFieldValue<byte[]>(1)));
        await archives.OpenAsync("SELECT id, sha256(content) FROM archives ORDER BY id", cancellationToken);
        var missing = chain.Archives.ToDictionary();
        while (await archives.PeekAsync(cancellationToken) is { } stored)
        {
            archives.Take();
            if (!missing.Remove(stored.Id, out var told))
            {
                chain.Break(AuditBreakKind.Archive, null, null, $"Archive {stored.Id} is in no record.");
            }
            else if (told.Digest is null || !stored.Digest.AsSpan().SequenceEqual(told.Digest))
            {
                chain.Break(AuditBreakKind.Archive, told.RecordId, null, $"Archive {stored.Id} of record {told.RecordId} is not what was recorded.");
            }
        }

        // The record of an opening names no archive of its own, so every one that is named must be there.
        foreach (var (id, told) in missing)
        {
            chain.Break(AuditBreakKind.Archive, told.RecordId, null, $"Archive {id} of record {told.RecordId} is gone.");
        }
    }

    private sealed record Stored(Guid Id, byte[] Digest);
}
