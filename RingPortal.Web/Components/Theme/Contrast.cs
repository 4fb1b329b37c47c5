namespace RingPortal.Web.Components.Theme;

/// <summary>Contrast as WCAG 2.2 defines it, on rounded hex colours.</summary>
internal static class Contrast
{
    /// <summary>The ratio of two colours, 1 to 21; the order does not matter.</summary>
    public static double Ratio(string one, string other)
    {
        var (first, second) = (Luminance(one), Luminance(other));
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    private static double Luminance(string hex)
    {
        var (red, green, blue) = Oklch.Channels(hex);
        return (0.2126 * red) + (0.7152 * green) + (0.0722 * blue);
    }
}
