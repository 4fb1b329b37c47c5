using System.Security.Cryptography;
using System.Text;
using RingPortal.Simulator.Deliveries;

namespace RingPortal.Simulator.Signing;

/// <summary>Ring's side of contract 5.2: the <c>X-Signature</c> value of a body.</summary>
internal static class WebhookSignature
{
    public const string Header = "X-Signature";

    public static string Compute(string key, ReadOnlySpan<byte> body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body));

    /// <summary>The value with a fault in it; <see langword="null"/> sends no header.</summary>
    public static string? Compute(string key, ReadOnlySpan<byte> body, SignatureFault fault) => fault switch
    {
        SignatureFault.WrongKey => Compute("not-" + key, body),
        SignatureFault.Base64 => "sha256=" + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body)),
        SignatureFault.Truncated => Compute(key, body)[..^1],
        SignatureFault.Missing => null,
        _ => Compute(key, body),
    };
}
