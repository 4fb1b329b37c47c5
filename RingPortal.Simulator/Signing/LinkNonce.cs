using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RingPortal.Simulator.Signing;

/// <summary>Ring's side of contract 4.1: HMAC-SHA256 over <c>time:account</c>, URL-safe Base64 without padding.</summary>
internal static class LinkNonce
{
    public static string Compute(string key, string time, string accountId)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key));
        mac.AppendData(Encoding.UTF8.GetBytes(time));
        mac.AppendData(":"u8);
        mac.AppendData(Encoding.UTF8.GetBytes(accountId));
        return Base64Url.EncodeToString(mac.GetHashAndReset());
    }
}
