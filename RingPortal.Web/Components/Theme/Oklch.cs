using System.Globalization;

namespace RingPortal.Web.Components.Theme;

/// <summary>A colour in the OKLCH space (Ottosson 2020): lightness 0-1, chroma, hue in radians.</summary>
internal readonly record struct Oklch(double Lightness, double Chroma, double Hue)
{
    private const double NoScreenShowsMore = 0.4;

    // Finer than one step of an 8-bit channel.
    private const double ChromaStep = 0.0001;
    private const double Rounding = 0.000001;

    /// <summary>Reads a colour of the form <c>#RRGGBB</c>.</summary>
    public static Oklch FromHex(string hex)
    {
        var (red, green, blue) = Channels(hex);
        var l = Math.Cbrt((0.4122214708 * red) + (0.5363325363 * green) + (0.0514459929 * blue));
        var m = Math.Cbrt((0.2119034982 * red) + (0.6806995451 * green) + (0.1073969566 * blue));
        var s = Math.Cbrt((0.0883024619 * red) + (0.2817188376 * green) + (0.6299787005 * blue));
        var a = (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s);
        var b = (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s);
        var lightness = (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s);
        return new(lightness, Math.Sqrt((a * a) + (b * b)), Math.Atan2(b, a));
    }

    /// <summary>Linear-light channels, 0 to 1, of <c>#RRGGBB</c>.</summary>
    public static (double Red, double Green, double Blue) Channels(string hex)
    {
        var value = int.Parse(hex.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (Linear(value >> 16), Linear((value >> 8) & 255), Linear(value & 255));
    }

    /// <summary>The nearest displayable colour with this lightness and hue; chroma gives way.</summary>
    public string ToHex()
    {
        if (TryHex(Chroma, out var hex))
            return hex;

        var (inside, outside) = (0.0, NoScreenShowsMore);
        TryHex(0, out hex);
        while (outside - inside > ChromaStep)
        {
            var middle = (inside + outside) / 2;
            if (TryHex(middle, out var candidate))
                (inside, hex) = (middle, candidate);
            else
                outside = middle;
        }

        return hex;
    }

    private bool TryHex(double chroma, out string hex)
    {
        var (a, b) = (chroma * Math.Cos(Hue), chroma * Math.Sin(Hue));
        var l = Cube(Lightness + (0.3963377774 * a) + (0.2158037573 * b));
        var m = Cube(Lightness - (0.1055613458 * a) - (0.0638541728 * b));
        var s = Cube(Lightness - (0.0894841775 * a) - (1.2914855480 * b));
        var red = (4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s);
        var green = (-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s);
        var blue = (-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s);
        hex = $"#{Encode(red):X2}{Encode(green):X2}{Encode(blue):X2}";
        return InGamut(red) && InGamut(green) && InGamut(blue);
    }

    private static bool InGamut(double channel) => channel is >= -Rounding and <= 1 + Rounding;

    private static double Cube(double value) => value * value * value;

    private static double Linear(int channel)
    {
        var value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static int Encode(double channel)
    {
        var value = Math.Clamp(channel, 0, 1);
        var encoded = value <= 0.0031308 ? value * 12.92 : (1.055 * Math.Pow(value, 1 / 2.4)) - 0.055;
        return (int)Math.Round(encoded * 255, MidpointRounding.AwayFromZero);
    }
}
