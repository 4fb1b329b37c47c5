using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace RingPortal.Web.Features.Tokens;

/// <summary>
/// Seals secrets at rest: AES-256-GCM under a key per row, bound to row, column and key, so that a ciphertext opens
/// only in its own place. Layout: version, key id (8), nonce (12), tag (16), ciphertext.
/// </summary>
public sealed class TokenVault
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int NonceStart = 1 + VaultKey.IdLength;
    private const int TagStart = NonceStart + NonceLength;
    private const int TextStart = TagStart + TagLength;

    private readonly VaultKey[] _keys;

    /// <summary>Takes the validated keys; they stay the same while the portal runs.</summary>
    public TokenVault(IOptions<VaultOptions> options) =>
        _keys = [.. options.Value.Keys.Select(key => VaultKey.TryParse(key) ?? throw new VaultException("A vault key is not Base64 of 32 bytes."))];

    /// <summary>Which key seals now: the beginning of its hash, in hexadecimal.</summary>
    public string KeyId => Convert.ToHexStringLower(_keys[0].Id);

    /// <summary>Whether a key of this id is loaded.</summary>
    public bool Knows(string keyId) => _keys.Any(key => Convert.ToHexStringLower(key.Id) == keyId);

    /// <summary>Seals a text for one place.</summary>
    /// <param name="row">Key of the row that will hold it.</param>
    /// <param name="column">One of <see cref="VaultColumns"/>.</param>
    /// <param name="text">The secret.</param>
    public byte[] Seal(Guid row, string column, string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var result = SealBytes(row, column, plain);
        CryptographicOperations.ZeroMemory(plain);
        return result;
    }

    /// <summary>Seals bytes, a picture for example, for one place.</summary>
    public byte[] SealBytes(Guid row, string column, ReadOnlySpan<byte> plain)
    {
        var key = _keys[0];
        var result = new byte[TextStart + plain.Length];
        result[0] = Version;
        key.Id.CopyTo(result, 1);
        RandomNumberGenerator.Fill(result.AsSpan(NonceStart, NonceLength));
        using var cipher = Cipher(key, row);
        cipher.Encrypt(
            result.AsSpan(NonceStart, NonceLength), plain, result.AsSpan(TextStart), result.AsSpan(TagStart, TagLength), Place(result, row, column));
        return result;
    }

    /// <summary>Opens what was sealed for this very place.</summary>
    /// <exception cref="VaultException">It was changed, belongs elsewhere, or its key is not loaded.</exception>
    public string Open(Guid row, string column, ReadOnlySpan<byte> sealedBytes)
    {
        var plain = OpenBytes(row, column, sealedBytes);
        var text = Encoding.UTF8.GetString(plain);
        CryptographicOperations.ZeroMemory(plain);
        return text;
    }

    /// <summary>Opens bytes that were sealed for this very place.</summary>
    /// <exception cref="VaultException">They were changed, belong elsewhere, or their key is not loaded.</exception>
    public byte[] OpenBytes(Guid row, string column, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < TextStart || sealedBytes[0] != Version)
        {
            throw new VaultException("This is nothing that the vault sealed.");
        }

        using var cipher = Cipher(KeyOf(sealedBytes), row);
        var plain = new byte[sealedBytes.Length - TextStart];
        try
        {
            cipher.Decrypt(
                sealedBytes.Slice(NonceStart, NonceLength), sealedBytes[TextStart..], sealedBytes.Slice(TagStart, TagLength), plain, Place(sealedBytes, row, column));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new VaultException("A sealed text does not open: it was changed, or it belongs to another place.");
        }
    }

    private static AesGcm Cipher(VaultKey key, Guid row)
    {
        Span<byte> rowKey = stackalloc byte[VaultKey.SecretLength];
        key.DeriveRowKey(row, rowKey);
        var cipher = new AesGcm(rowKey, TagLength);
        CryptographicOperations.ZeroMemory(rowKey);
        return cipher;
    }

    /// <summary>Version and key id as sealed, row, column: all that must be the same for the text to open.</summary>
    private static byte[] Place(ReadOnlySpan<byte> sealedBytes, Guid row, string column) =>
        [.. sealedBytes[..NonceStart], .. row.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(column)];

    private VaultKey KeyOf(ReadOnlySpan<byte> sealedBytes)
    {
        foreach (var key in _keys)
        {
            if (sealedBytes.Slice(1, VaultKey.IdLength).SequenceEqual(key.Id))
            {
                return key;
            }
        }

        throw new VaultException("A text was sealed with a key that is not among Vault__Keys.");
    }
}
