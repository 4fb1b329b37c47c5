using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RingPortal.Simulator.Signing;

/// <summary>Makes opaque values, and keeps only their hashes.</summary>
internal static class Secret
{
    public static string New(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));

    public static bool Same(string expected, string? actual) =>
        actual is not null
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(expected)), SHA256.HashData(Encoding.UTF8.GetBytes(actual)));

    /// <summary>Enough to tell two values apart in a log, too little to use one.</summary>
    public static string Hint(string? value) => value is { Length: > 12 } ? $"…{value[^4..]}" : "…";
}
