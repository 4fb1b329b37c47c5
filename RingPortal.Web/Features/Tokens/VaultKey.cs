using System.Security.Cryptography;

namespace RingPortal.Web.Features.Tokens;

/// <summary>One key of the vault and its id, a prefix of its hash.</summary>
internal sealed record VaultKey(byte[] Id, byte[] Secret)
{
    public const int IdLength = 8;
    public const int SecretLength = 32;

    private static readonly byte[] s_purpose = "RingPortal vault 1: key of a row"u8.ToArray();

    /// <summary>Null when the text is not Base64 of exactly 32 bytes.</summary>
    public static VaultKey? TryParse(string text)
    {
        var secret = new byte[SecretLength + 1];
        return Convert.TryFromBase64String(text.Trim(), secret, out var length) && length == SecretLength
            ? Of(secret[..SecretLength])
            : null;
    }

    /// <summary>Each row has its own key, so that no key seals more texts than random nonces allow.</summary>
    public void DeriveRowKey(Guid row, Span<byte> rowKey)
    {
        Span<byte> salt = stackalloc byte[16];
        row.TryWriteBytes(salt, bigEndian: true, out _);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Secret, rowKey, salt, s_purpose);
    }

    private static VaultKey Of(byte[] secret) => new(SHA256.HashData(secret)[..IdLength], secret);

    /// <inheritdoc />
    public override string ToString() => nameof(VaultKey);
}
