using System.Security.Cryptography;
using System.Text;

namespace RingPortal.Simulator.Signing;

/// <summary>Ring's side of contract 5.2: the <c>X-Signature</c> value of a body.</summary>
internal static class WebhookSignature
{
    public const string Header = "X-Signature";

    public static string Compute(string key, ReadOnlySpan<byte> body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body));
}
