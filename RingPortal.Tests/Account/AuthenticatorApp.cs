using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Account;

/// <summary>
/// An authenticator app as on a phone, written after RFC 6238 without a line of the product. Each code works once, so each
/// call gives a later one; one step ahead of the clock is still taken.
/// </summary>
public sealed class AuthenticatorApp(string key, TimeProvider? clock = null)
{
    private const int StepSeconds = 30;

    private readonly byte[] _key = Decode(key);
    private long _last;

    /// <summary>The step of this moment, whatever was given before.</summary>
    public long Now => (clock ?? TimeProvider.System).GetUtcNow().ToUnixTimeSeconds() / StepSeconds;

    /// <summary>
    /// The oldest step that is taken for long enough yet to be typed: the one before this moment's works until this one's
    /// ends.
    /// </summary>
    private long Oldest => (clock ?? TimeProvider.System).GetUtcNow().ToUnixTimeSeconds() % StepSeconds < StepSeconds / 2 ? Now - 1 : Now;

    /// <summary>A code that was not given yet. The third or fourth within half a minute waits for the clock.</summary>
    public async Task<string> NextAsync()
    {
        var step = Math.Max(_last + 1, Oldest);
        await Eventually.TrueAsync(() => Now >= step - 1, TimeSpan.FromSeconds(StepSeconds * 2), "the clock reaches the next code");
        // The wait may have made it too old.
        _last = Math.Max(step, Oldest);
        return Code(_last);
    }

    /// <summary>The code of one step.</summary>
    public string Code(long step)
    {
        var counter = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var mac = CryptographicOperations.HmacData(HashAlgorithmName.SHA1, _key, counter);
        var number = BinaryPrimitives.ReadInt32BigEndian(mac.AsSpan(mac[^1] & 0x0F)) & int.MaxValue;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string text)
    {
        var bits = string.Concat(text.Where(char.IsLetterOrDigit).Select(sign => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(sign, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(group => group.Length == 8).Select(group => Convert.ToByte(new string(group), 2))];
    }
}
