using Bunit;
using Microsoft.Extensions.Logging.Abstractions;
using MudBlazor;
using RingPortal.Web.Components.Theme;

namespace RingPortal.Tests.Look;

public sealed class ThemeSheetTests : LookContext
{
    public static TheoryData<string> Brands => ["#2B4C9B", "#FFD400", "#000000", "#FFFFFF"];

    [Theory]
    [MemberData(nameof(Brands))]
    public async Task Every_Text_Colour_Is_Readable_On_Every_Ground_In_Both_Themes(string brand)
    {
        var sheet = ThemeSheetText.Parse(await WriteAsync(brand));

        foreach (var theme in (Dictionary<string, string>[])[sheet.Light, sheet.DarkChosen, sheet.DarkBySystem])
            ThemeContrast.AssertReadable(theme);
    }

    [Theory]
    [InlineData("#2B4C9B", "ink", 15.12, 13.34)]
    [InlineData("#2B4C9B", "ink-2", 6.52, 7.27)]
    [InlineData("#2B4C9B", "disabled", 3.14, 3.87)]
    [InlineData("#2B4C9B", "control", 3.61, 3.98)]
    [InlineData("#2B4C9B", "primary", 6.98, 5.64)]
    [InlineData("#2B4C9B", "primary-hover", 8.69, 6.78)]
    [InlineData("#2B4C9B", "focus", 15.12, 15.23)]
    [InlineData("#2B4C9B", "success", 6.07, 8.59)]
    [InlineData("#2B4C9B", "warning", 6.17, 9.41)]
    [InlineData("#2B4C9B", "error", 5.67, 7.73)]
    [InlineData("#2B4C9B", "info", 6.15, 8.32)]
    [InlineData("#2B4C9B", "neutral", 6.52, 7.27)]
    public async Task The_Worst_Contrast_Of_A_Token_Is_The_Figure_We_Promise(string brand, string token, double light, double dark)
    {
        var sheet = ThemeSheetText.Parse(await WriteAsync(brand));

        Assert.Equal(light, ThemeContrast.Worst(sheet.Light, token), 0.006);
        Assert.Equal(dark, ThemeContrast.Worst(sheet.DarkChosen, token), 0.006);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_Sheet_Holds_Every_Variable_That_MudBlazor_Would_Write(bool dark)
    {
        var sheet = ThemeSheetText.Parse(await WriteAsync("#2B4C9B"));
        var theme = PortalTheme.From(BrandShades.From("#2B4C9B"));
        var provider = Render<MudThemeProvider>(parameters => parameters
            .Add(p => p.Theme, theme).Add(p => p.IsDarkMode, dark).Add(p => p.ObserveSystemDarkModeChange, false));

        var expected = MudVariables.Read(provider.Markup);

        Assert.True(expected.Count >= 200, $"MudBlazor wrote {expected.Count} variables");
        foreach (var ours in dark ? (Dictionary<string, string>[])[sheet.DarkChosen, sheet.DarkBySystem] : [sheet.Light])
            Assert.Equal(expected.OrderBy(pair => pair.Key), ours.Where(pair => pair.Key.StartsWith("--mud", StringComparison.Ordinal)).OrderBy(pair => pair.Key));
    }

    [Fact]
    public async Task The_Address_Changes_With_The_Brand_And_Only_With_It()
    {
        var (one, same) = (new ThemeSheet(await WriteAsync("#2B4C9B")), new ThemeSheet(await WriteAsync("#2B4C9B")));

        Assert.Equal(one.Address, same.Address);
        Assert.NotEqual(one.Address, new ThemeSheet(await WriteAsync("#FFD400")).Address);
    }

    private async Task<string> WriteAsync(string brand) =>
        (await new ThemeSheetWriter(Services, NullLoggerFactory.Instance).WriteAsync(brand)).Css;
}
