using System.Text;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>
/// Looks for texts in a dump in every form in which a database may hold them: as they are, as JSON escapes them, as the hex
/// digits of bytes, and inside Base64 wherever they begin in it.
/// </summary>
internal static class DumpScan
{
    /// <summary>Which texts are found, in which form.</summary>
    public static IReadOnlyList<string> Find(byte[] dump, IEnumerable<string> texts) =>
    [
        .. texts.Distinct(StringComparer.Ordinal).SelectMany(text => FormsOf(text).Select(form => (Text: text, form.Name, form.Bytes))).AsParallel()
            .Where(form => dump.AsSpan().IndexOf(form.Bytes) >= 0).Select(form => $"{form.Text} ({form.Name})"),
    ];

    private static IEnumerable<(string Name, byte[] Bytes)> FormsOf(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        yield return ("as it is", bytes);
        yield return ("hex", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)));
        yield return ("hex in capitals", Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)));
        for (var offset = 0; offset < 3; offset++)
        {
            var inside = Inside(bytes, offset);
            yield return ("Base64", Encoding.ASCII.GetBytes(inside));
            yield return ("Base64 for addresses", Encoding.ASCII.GetBytes(inside.Replace('+', '-').Replace('/', '_')));
        }

        if (text.Any(sign => sign > '\x7f'))
        {
            // A dump doubles the backslash.
            yield return ("JSON", Encoding.ASCII.GetBytes(Escape(text, "X4")));
            yield return ("JSON in small letters", Encoding.ASCII.GetBytes(Escape(text, "x4")));
        }
    }

    /// <summary>The digits that are the same whatever stands around the text, when it begins so many bytes after a whole group.</summary>
    private static string Inside(byte[] bytes, int offset)
    {
        var whole = Convert.ToBase64String([.. new byte[offset], .. bytes]);
        var first = (offset * 8 + 5) / 6;
        var last = (offset + bytes.Length) * 8 / 6;
        return whole[first..last];
    }

    private static string Escape(string text, string format) =>
        string.Concat(text.Select(sign => sign > '\x7f' ? @"\\u" + ((int)sign).ToString(format, System.Globalization.CultureInfo.InvariantCulture) : sign.ToString()));
}
