using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RingPortal.Web.Ring;

/// <summary>Ring's linking nonce: HMAC-SHA256 over <c>time:account_id</c> in URL-safe Base64 without padding (contract 4.1).</summary>
public static class RingNonce
{
    /// <summary>Length of every nonce in characters.</summary>
    public const int Length = 43;

    /// <summary>The nonce that Ring makes for these inputs.</summary>
    /// <param name="hmacKey">The app's HMAC key as text.</param>
    /// <param name="time">The <c>time</c> of the address exactly as received (milliseconds).</param>
    /// <param name="accountId">The Ring account (contract 3.3 <c>data.id</c>).</param>
    public static string Compute(string hmacKey, string time, string accountId) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(RingKeys.Bytes(hmacKey), Encoding.UTF8.GetBytes($"{time}:{accountId}")));
}
