using System.Text;

namespace RingPortal.Web.Account.SecondStep;

/// <summary>Base32 without padding (RFC 4648): how keys of authenticator apps and recovery codes are written, because people type them.</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int BitsPerSign = 5;

    /// <summary>The text of these bytes.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var one in bytes)
        {
            (buffer, bits) = ((buffer << 8) | one, bits + 8);
            while (bits >= BitsPerSign)
            {
                bits -= BitsPerSign;
                text.Append(Alphabet[(buffer >> bits) & 0x1F]);
            }

            buffer &= (1 << bits) - 1;
        }

        return bits > 0 ? text.Append(Alphabet[(buffer << (BitsPerSign - bits)) & 0x1F]).ToString() : text.ToString();
    }

    /// <summary>The same text in groups of four, as people read it.</summary>
    public static string Grouped(string text, char between) => string.Join(between, text.Chunk(4).Select(group => new string(group)));

    /// <summary>What was typed, without the signs that only help to read, in upper case.</summary>
    public static string Bare(string typed) => string.Concat(typed.Where(sign => !char.IsWhiteSpace(sign) && sign is not '-')).ToUpperInvariant();
}
