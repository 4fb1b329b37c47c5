using System.Globalization;
using System.Text;

namespace RingPortal.Web.Features.Erasure.Pages;

/// <summary>A pattern that a browser finds exactly one text to fit, in upper or lower case: it has no other way to ignore case.</summary>
internal static class TypedPattern
{
    public static string Of(string text)
    {
        var pattern = new StringBuilder();
        foreach (var sign in text.EnumerateRunes())
        {
            var (lower, upper) = (Rune.ToLowerInvariant(sign), Rune.ToUpperInvariant(sign));
            pattern.Append(lower == upper ? Escape(sign) : $"[{Escape(lower)}{Escape(upper)}]");
        }

        return pattern.ToString();
    }

    private static string Escape(Rune sign) => string.Create(CultureInfo.InvariantCulture, $@"\u{{{sign.Value:X}}}");
}
