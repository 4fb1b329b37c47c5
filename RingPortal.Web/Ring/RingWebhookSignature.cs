using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace RingPortal.Web.Ring;

/// <summary>
/// Verifies Ring's signature over the raw bytes of a delivery: hexadecimal HMAC-SHA256 (contract 5.2). Fails closed:
/// without a key nothing is valid.
/// </summary>
public sealed class RingWebhookSignature(IOptionsMonitor<RingOptions> options)
{
    /// <summary>Name of the header; the only one that Ring uses.</summary>
    public const string HeaderName = "X-Signature";

    private const string Prefix = "sha256=";

    /// <summary>Judges a delivery. Both keys are always computed, so the time does not tell which one matched.</summary>
    /// <param name="headerValues">All values of <see cref="HeaderName"/>, as received.</param>
    /// <param name="body">The body as received, before any parsing.</param>
    public SignatureVerdict Verify(IReadOnlyList<string?> headerValues, ReadOnlySpan<byte> body)
    {
        if (headerValues.Count > 1)
        {
            return SignatureVerdict.Repeated;
        }

        if (headerValues.Count == 0 || string.IsNullOrEmpty(headerValues[0]))
        {
            return SignatureVerdict.Missing;
        }

        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return TryDecode(headerValues[0]!, claimed) ? Compare(claimed, body) : SignatureVerdict.Malformed;
    }

    private static bool TryDecode(ReadOnlySpan<char> value, Span<byte> claimed)
    {
        var digits = value.StartsWith(Prefix, StringComparison.Ordinal) ? value[Prefix.Length..] : value;
        return digits.Length == claimed.Length * 2
            && Convert.FromHexString(digits, claimed, out _, out _) is System.Buffers.OperationStatus.Done;
    }

    private SignatureVerdict Compare(ReadOnlySpan<byte> claimed, ReadOnlySpan<byte> body)
    {
        var current = options.CurrentValue;
        var byCurrent = Matches(current.HmacKey, claimed, body);
        var byPrevious = Matches(current.PreviousHmacKey, claimed, body);
        return byCurrent ? SignatureVerdict.Valid
            : byPrevious ? SignatureVerdict.ValidPrevious
            : SignatureVerdict.Mismatch;
    }

    private static bool Matches(string key, ReadOnlySpan<byte> claimed, ReadOnlySpan<byte> body)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(RingKeys.Bytes(key), body, expected);
        return CryptographicOperations.FixedTimeEquals(expected, claimed) & key.Length > 0;
    }
}
