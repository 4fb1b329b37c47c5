using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RingPortal.Web.Features.Audit.Sealing;

/// <summary>A seal as somebody outside the database remembers it: whoever holds one notices when the end of the trail is cut off.</summary>
internal sealed record AuditMark(long Number, byte[] Mac)
{
    /// <summary>Reads <c>number:mac</c> as the log has it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AuditMark? mark)
    {
        mark = null;
        if (text.Split(':') is not [var number, { Length: 64 } mac]
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            || !mac.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        mark = new AuditMark(value, Convert.FromHexString(mac));
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}:{Convert.ToHexStringLower(Mac)}");
}
