using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RingPortal.Web.Account.SecondStep;

/// <summary>Codes of authenticator apps: HMAC-SHA-1, six digits, a new one each 30 s (RFC 6238 and RFC 4226, as every app speaks it).</summary>
internal static class Totp
{
    private const int StepSeconds = 30;
    private const int Digits = 6;
    private const int KeyLength = 20;
    private const int MacLength = 20;

    /// <summary>Clocks differ, and typing takes time: one step before and one after.</summary>
    private const int Window = 1;

    /// <summary>A new key of 160 bits.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyLength);

    /// <summary>The number of the time step that this code belongs to, around this moment; null when it is of none.</summary>
    public static long? StepOf(ReadOnlySpan<byte> key, string code, DateTimeOffset now)
    {
        var given = Encoding.ASCII.GetBytes(code);
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        for (var step = current - Window; step <= current + Window; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(Code(key, step))))
            {
                found = step;
            }
        }

        return found;
    }

    /// <summary>The code of one time step.</summary>
    public static string Code(ReadOnlySpan<byte> key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[MacLength];
        // The standard's own choice, and a sound one: HMAC does not lean on what is broken in SHA-1.
        CryptographicOperations.HmacData(HashAlgorithmName.SHA1, key, counter, mac);
        var number = BinaryPrimitives.ReadUInt32BigEndian(mac[(mac[^1] & 0xF)..]) & 0x7FFF_FFFF;
        return (number % 1_000_000).ToString($"D{Digits}", CultureInfo.InvariantCulture);
    }
}
