using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace RingPortal.Web.Ring;

/// <summary>
/// Finds the Ring accounts that a nonce was made for (contract 4.4). Always does the whole work: every account under
/// every living key, whatever matched before, so that the time tells nothing about who waits in the pool.
/// </summary>
public sealed class RingNonceMatcher(IOptionsMonitor<RingOptions> options)
{
    /// <summary>Indexes of all accounts whose nonce this is, in the order of <paramref name="accountIds"/>; empty when none is.</summary>
    /// <param name="nonce">As received. Compared as text: a lenient decoder would take several texts for the same bytes.</param>
    /// <param name="time">As received; signed as this very text.</param>
    /// <param name="accountIds">The whole pool.</param>
    public IReadOnlyList<int> Match(string nonce, string time, IReadOnlyList<string> accountIds)
    {
        var expected = Encoding.UTF8.GetBytes(nonce);
        var prefix = Encoding.UTF8.GetBytes($"{time}:");
        var matched = new bool[accountIds.Count];
        foreach (var key in RingKeys.Living(options.CurrentValue))
        {
            // One keyed instance for the whole pool: setting a key up costs as much as a hash.
            using var mac = new HMACSHA256(key);
            MarkMatches(mac, expected, prefix, accountIds, matched);
        }

        return [.. Enumerable.Range(0, matched.Length).Where(index => matched[index])];
    }

    private static void MarkMatches(HMACSHA256 mac, byte[] expected, byte[] prefix, IReadOnlyList<string> accountIds, bool[] matched)
    {
        var longest = accountIds.Count == 0 ? 0 : accountIds.Max(id => Encoding.UTF8.GetMaxByteCount(id.Length));
        var message = ArrayPool<byte>.Shared.Rent(prefix.Length + longest);
        prefix.CopyTo(message, 0);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> text = stackalloc byte[RingNonce.Length];
        for (var index = 0; index < accountIds.Count; index++)
        {
            var length = prefix.Length + Encoding.UTF8.GetBytes(accountIds[index], message.AsSpan(prefix.Length));
            mac.TryComputeHash(message.AsSpan(0, length), hash, out _);
            Base64Url.EncodeToUtf8(hash, text);
            matched[index] |= CryptographicOperations.FixedTimeEquals(text, expected);
        }

        ArrayPool<byte>.Shared.Return(message);
    }
}
