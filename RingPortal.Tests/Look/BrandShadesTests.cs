using RingPortal.Web.Components.Theme;

namespace RingPortal.Tests.Look;

public sealed class BrandShadesTests
{
    [Theory]
    [InlineData("#2B4C9B", "#2B4C9B", "#1E3D8B", "#E9F0FF", "#749CF2", "#1B263E")]
    [InlineData("#FFD400", "#816A00", "#705C00", "#F9F0D3", "#FFD400", "#2F2600")]
    [InlineData("#1C9AD6", "#0074A5", "#006590", "#E1F3FF", "#35AAE7", "#0B2A3A")]
    [InlineData("#FF5A5F", "#CA303B", "#B8192D", "#FFEBE9", "#FF6366", "#3F1919")]
    [InlineData("#00A86B", "#007D4E", "#006C43", "#DFF7E8", "#2CBA7B", "#0A2E1D")]
    [InlineData("#000000", "#000000", "#060606", "#F0F0F0", "#9E9E9E", "#262626")]
    public void A_Brand_Colour_Gives_The_Agreed_Shades(
        string brand, string primary, string hover, string tint, string darkPrimary, string darkTint)
    {
        var shades = BrandShades.From(brand);

        Assert.Equal(
            (primary, hover, tint, darkPrimary, darkTint),
            (shades.Light.Primary, shades.Light.Hover, shades.Light.Tint, shades.Dark.Primary, shades.Dark.Tint));
    }

    [Fact]
    public void The_Default_Brand_Has_The_Agreed_Hover_And_Pressed_Shades()
    {
        var shades = BrandShades.From("#2b4c9b");

        Assert.Equal("#14327E", shades.Light.Pressed);
        Assert.Equal(("#85ACFF", "#99BAFF"), (shades.Dark.Hover, shades.Dark.Pressed));
    }

    [Fact]
    public void No_Brand_Colour_Makes_Text_Unreadable()
    {
        var random = new Random(20261123);
        for (var i = 0; i < 1000; i++)
        {
            var brand = $"#{random.Next(0x1000000):X6}";
            var shades = BrandShades.From(brand);
            AssertReadable(brand, shades.Light, Web.Components.Theme.Tokens.Light);
            AssertReadable(brand, shades.Dark, Web.Components.Theme.Tokens.Dark);
        }
    }

    private static void AssertReadable(string brand, BrandShade shade, Func<string, string> token)
    {
        foreach (var ground in (string[])[token("background"), token("surface"), token("sunken"), shade.Tint])
            Assert.True(Contrast.Ratio(shade.Primary, ground) >= 4.5, $"{brand}: {shade.Primary} on {ground}");
        foreach (var fill in (string[])[shade.Primary, shade.Hover, shade.Pressed])
            Assert.True(Contrast.Ratio(fill, token("on-primary")) >= 4.5, $"{brand}: text on {fill}");
    }
}
