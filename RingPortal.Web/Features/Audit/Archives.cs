using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Audit;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Web.Features.Audit;

/// <summary>
/// Seals what is removed under the key of the person it belonged to, AES-256-GCM, bound to the archive and its teardown:
/// once that key is erased nobody opens it, while its digest stays in the trail. Layout: version, nonce (12), tag (16), ciphertext.
/// </summary>
public sealed class Archives(AuditSubjects subjects, AuditTrail audit, TokenVault vault, TimeProvider clock)
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int KeyLength = 32;
    private const int TagStart = 1 + NonceLength;
    private const int TextStart = TagStart + TagLength;

    /// <summary>Seals a compressed document; the caller stores the row together with its record in the trail.</summary>
    /// <returns>Null when there is no such person any more: what nobody may open is not kept.</returns>
    public async Task<Archive?> SealAsync(RingPortalContext context, Guid userId, Guid teardownId, byte[] compressed, CancellationToken cancellationToken)
    {
        if (await subjects.OfAsync(context, userId, cancellationToken) is not { } subject)
        {
            return null;
        }

        var id = Guid.CreateVersion7();
        var content = new byte[TextStart + compressed.Length];
        content[0] = Version;
        RandomNumberGenerator.Fill(content.AsSpan(1, NonceLength));
        using var cipher = Cipher(subject, id);
        cipher.Encrypt(content.AsSpan(1, NonceLength), compressed, content.AsSpan(TextStart), content.AsSpan(TagStart, TagLength), Place(id, teardownId));
        return new Archive { Id = id, SubjectId = subject.Id, TeardownId = teardownId, CreatedAt = clock.GetUtcNow(), Content = content, Digest = SHA256.HashData(content) };
    }

    /// <summary>Opens an archive and records that and why; the caller saves.</summary>
    /// <param name="context">The caller's unit of work.</param>
    /// <param name="archiveId">Which.</param>
    /// <param name="operatorId">The operator who asked.</param>
    /// <param name="reason">Why; stored.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The document (JSON); null when there is no such archive or its person has been erased.</returns>
    /// <exception cref="CryptographicException">It was changed, or belongs to another teardown.</exception>
    public async Task<byte[]?> OpenAsync(RingPortalContext context, Guid archiveId, Guid operatorId, string reason, CancellationToken cancellationToken)
    {
        var archive = await context.Archives.AsNoTracking().SingleOrDefaultAsync(row => row.Id == archiveId, cancellationToken);
        var subject = archive is null ? null : await context.AuditSubjects.AsNoTracking().SingleOrDefaultAsync(row => row.Id == archive.SubjectId, cancellationToken);
        if (archive is null || subject is null)
        {
            return null;
        }

        await audit.AddAsync(
            context,
            new AuditEntry("archive.opened", AuditActor.Staff) { ActorUserId = operatorId, SubjectUserId = subject.UserId, Target = $"archive:{archiveId}", Reason = reason },
            cancellationToken);
        return Expand(Open(subject, archive));
    }

    private byte[] Open(AuditSubject subject, Archive archive)
    {
        var content = archive.Content.AsSpan();
        if (content.Length < TextStart || content[0] != Version)
        {
            throw new CryptographicException("This is no sealed archive.");
        }

        var compressed = new byte[content.Length - TextStart];
        using var cipher = Cipher(subject, archive.Id);
        cipher.Decrypt(content.Slice(1, NonceLength), content[TextStart..], content.Slice(TagStart, TagLength), compressed, Place(archive.Id, archive.TeardownId));
        return compressed;
    }

    /// <summary>Each archive has a key of its own, made of the person's.</summary>
    private AesGcm Cipher(AuditSubject subject, Guid archiveId)
    {
        var person = Convert.FromBase64String(vault.Open(subject.Id, VaultColumns.ArchiveKey, subject.SealedArchiveKey));
        Span<byte> key = stackalloc byte[KeyLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, person, key, archiveId.ToByteArray(bigEndian: true), "RingPortal archive 1"u8);
        CryptographicOperations.ZeroMemory(person);
        var cipher = new AesGcm(key, TagLength);
        CryptographicOperations.ZeroMemory(key);
        return cipher;
    }

    private static byte[] Place(Guid archiveId, Guid teardownId) => [Version, .. archiveId.ToByteArray(bigEndian: true), .. teardownId.ToByteArray(bigEndian: true)];

    private static byte[] Expand(byte[] compressed)
    {
        using var document = new MemoryStream();
        using (var source = new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress))
        {
            source.CopyTo(document);
        }

        return document.ToArray();
    }
}
