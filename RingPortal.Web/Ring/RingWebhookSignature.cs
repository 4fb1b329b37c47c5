using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

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

    [ThreadStatic]
    private static KeyedMac? t_current;

    [ThreadStatic]
    private static KeyedMac? t_previous;

    /// <summary>Judges a delivery. Both living keys are always computed, so the time does not tell which one matched.</summary>
    /// <param name="headerValues">All values of <see cref="HeaderName"/>, as received.</param>
    /// <param name="body">The body as received, before any parsing.</param>
    public SignatureVerdict Verify(StringValues headerValues, ReadOnlySpan<byte> body)
    {
        if (headerValues.Count > 1)
        {
            return SignatureVerdict.Repeated;
        }

        if (headerValues.Count == 0 || headerValues[0] is not { Length: > 0 } value)
        {
            return SignatureVerdict.Missing;
        }

        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return TryDecode(value, claimed) ? Compare(claimed, body) : SignatureVerdict.Malformed;
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
        var byCurrent = Matches(ref t_current, current.HmacKey, claimed, body);
        var byPrevious = Matches(ref t_previous, current.PreviousHmacKey, claimed, body);
        return byCurrent ? SignatureVerdict.Valid
            : byPrevious ? SignatureVerdict.ValidPrevious
            : SignatureVerdict.Mismatch;
    }

    private static bool Matches(ref KeyedMac? mac, string key, ReadOnlySpan<byte> claimed, ReadOnlySpan<byte> body)
    {
        if (key.Length == 0)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (mac is null || !mac.IsFor(key))
        {
            mac?.Dispose();
            mac = new KeyedMac(key);
        }

        mac.Compute(body, expected);
        return CryptographicOperations.FixedTimeEquals(expected, claimed);
    }

    /// <summary>Most of a short HMAC is setting up the key, so each thread keeps it set up.</summary>
    private sealed class KeyedMac(string key) : IDisposable
    {
        private readonly HMACSHA256 _mac = new(RingKeys.Bytes(key));

        /// <summary>The options keep one text as long as it is not set anew.</summary>
        public bool IsFor(string other) => ReferenceEquals(key, other);

        public void Compute(ReadOnlySpan<byte> body, Span<byte> hash) => _mac.TryComputeHash(body, hash, out _);

        public void Dispose() => _mac.Dispose();
    }
}
