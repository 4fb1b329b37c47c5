using System.Collections;
using System.Globalization;
using System.Text;
using QRCoder;

namespace RingPortal.Web.Account.SecondStep;

/// <summary>A key that waits for its first code, as an authenticator app takes it.</summary>
/// <param name="Email">Names the entry inside the app.</param>
/// <param name="Key">The key in Base32.</param>
public sealed record AuthenticatorOffer(string Email, string Key)
{
    /// <summary>The key in groups of four, for typing.</summary>
    public string Typed => Base32.Grouped(Key, ' ');

    /// <summary>The address that apps read from the picture (Key Uri Format). It never becomes an address of a browser.</summary>
    /// <param name="issuer">Name of the product.</param>
    public string Address(string issuer) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(Email)}?secret={Key}&issuer={Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits=6&period=30";

    /// <summary>The picture as squares of one unit: how many in a row, and the path that fills the dark ones.</summary>
    /// <param name="issuer">Name of the product.</param>
    public (int Size, string Path) Picture(string issuer)
    {
        using var data = QRCodeGenerator.GenerateQrCode(Address(issuer), QRCodeGenerator.ECCLevel.M);
        var rows = data.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            AddRow(path, rows[y], y);
        }

        return (rows.Count, path.ToString());
    }

    private static void AddRow(StringBuilder path, BitArray row, int y)
    {
        for (var x = 0; x < row.Length; x++)
        {
            var start = x;
            while (x < row.Length && row[x])
            {
                x++;
            }

            if (x > start)
            {
                path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1h-{x - start}z");
            }
        }
    }
}
