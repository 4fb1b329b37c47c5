namespace RingPortal.Web.Components.Theme;

/// <summary>The shades of one theme that follow the partner's colour.</summary>
internal sealed record BrandShade(string Primary, string Hover, string Pressed, string Tint);

/// <summary>
/// Makes readable shades from any brand colour: the partner sets one colour, and no choice of it
/// can make text unreadable.
/// </summary>
internal sealed record BrandShades(BrandShade Light, BrandShade Dark)
{
    private const double MaxChroma = 0.19;
    private const double Step = 0.005;

    /// <summary>The shades for a brand colour of the form <c>#RRGGBB</c>.</summary>
    public static BrandShades From(string brand)
    {
        var hex = brand.ToUpperInvariant();
        var colour = Oklch.FromHex(hex);
        colour = colour with { Chroma = Math.Min(colour.Chroma, MaxChroma) };
        return new(LightFrom(hex, colour), DarkFrom(colour));
    }

    private static BrandShade LightFrom(string brand, Oklch colour)
    {
        var tint = (colour with { Lightness = 0.955, Chroma = 0.22 * colour.Chroma }).ToHex();
        var (primary, shade) = (brand, colour);
        for (var k = 1; !IsReadable(primary, tint); k++)
        {
            shade = colour with { Lightness = colour.Lightness - (Step * k) };
            primary = shade.ToHex();
        }

        return new(
            primary,
            (shade with { Lightness = Math.Max(shade.Lightness - 0.05, 0.12) }).ToHex(),
            (shade with { Lightness = Math.Max(shade.Lightness - 0.09, 0.10) }).ToHex(),
            tint);

        static bool IsReadable(string primary, string tint) =>
            Contrast.Ratio(primary, Tokens.Light("surface")) >= 5
            && Contrast.Ratio(primary, Tokens.Light("sunken")) >= 4.5
            && Contrast.Ratio(primary, tint) >= 4.5;
    }

    private static BrandShade DarkFrom(Oklch colour)
    {
        var tint = (colour with { Lightness = 0.27, Chroma = Math.Min(0.35 * colour.Chroma, 0.06) }).ToHex();
        var shade = colour with { Lightness = Math.Max(colour.Lightness, 0.70) };
        while (!IsReadable(shade.ToHex(), tint))
            shade = shade with { Lightness = shade.Lightness + Step };

        return new(
            shade.ToHex(),
            (shade with { Lightness = Math.Min(shade.Lightness + 0.05, 0.96) }).ToHex(),
            (shade with { Lightness = Math.Min(shade.Lightness + 0.09, 0.97) }).ToHex(),
            tint);

        static bool IsReadable(string primary, string tint) =>
            Contrast.Ratio(primary, Tokens.Dark("sunken")) >= 5
            && Contrast.Ratio(primary, tint) >= 4.5
            && Contrast.Ratio(primary, Tokens.Dark("background")) >= 4.5;
    }
}
