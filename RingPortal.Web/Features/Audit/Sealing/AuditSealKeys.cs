using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Web.Features.Audit.Sealing;

/// <summary>The keys that chain the seals: the newest makes them, all check them.</summary>
internal sealed class AuditSealKeys
{
    private readonly VaultKey[] _keys;

    /// <summary>Takes the validated keys; they stay the same while the portal runs.</summary>
    public AuditSealKeys(IOptions<AuditOptions> options) => _keys = [.. options.Value.SealKeys.Select(key => VaultKey.TryParse(key)!)];

    /// <summary>Which key seals now: the beginning of its hash.</summary>
    public byte[] NewestId => _keys[0].Id;

    /// <summary>The HMAC-SHA256 of a seal under a key; null when that key is not loaded.</summary>
    public byte[]? Mac(ReadOnlySpan<byte> keyId, ReadOnlySpan<byte> bytes)
    {
        foreach (var key in _keys)
        {
            if (keyId.SequenceEqual(key.Id))
            {
                return HMACSHA256.HashData(key.Secret, bytes);
            }
        }

        return null;
    }
}
