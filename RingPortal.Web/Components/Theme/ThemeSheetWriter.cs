using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace RingPortal.Web.Components.Theme;

/// <summary>
/// Writes <c>theme.css</c>. MudBlazor's own provider prints its variables as a style element, which the
/// content security policy refuses, so it is rendered once here and its variables go into the file.
/// </summary>
internal sealed class ThemeSheetWriter(IServiceProvider services, ILoggerFactory loggers)
{
    public async Task<ThemeSheet> WriteAsync(string brandColour)
    {
        var brand = BrandShades.From(brandColour);
        var theme = PortalTheme.From(brand);
        var light = await VariablesAsync(theme, dark: false);
        var dark = await VariablesAsync(theme, dark: true);
        var onlyDark = dark.Where(variable => light.GetValueOrDefault(variable.Key) != variable.Value).ToDictionary();
        var css = new StringBuilder();
        Block(css, ":root", "light", light, OwnVariables(token => token.Light, brand.Light, LightShadow));
        var ownDark = OwnVariables(token => token.Dark, brand.Dark, DarkShadow).ToList();
        Block(css, ":root[data-theme=dark]", "dark", onlyDark, ownDark);
        css.AppendLine("@media (prefers-color-scheme: dark) {");
        Block(css, ":root:not([data-theme])", "dark", onlyDark, ownDark);
        css.AppendLine("}");
        return new ThemeSheet(css.ToString());
    }

    private const string LightShadow = "0 8px 24px rgba(20,26,37,0.15)";
    private const string DarkShadow = "0 8px 24px rgba(0,0,0,0.6), 0 0 0 1px var(--rp-hairline)";

    private static IEnumerable<KeyValuePair<string, string>> OwnVariables(
        Func<Token, string> pick, BrandShade brand, string shadow) =>
    [
        .. Tokens.All.Select(token => KeyValuePair.Create($"--rp-{token.Name}", pick(token))),
        new("--rp-primary", brand.Primary),
        new("--rp-primary-hover", brand.Hover),
        new("--rp-primary-pressed", brand.Pressed),
        new("--rp-primary-tint", brand.Tint),
        new("--rp-shadow", shadow),
    ];

    private static void Block(
        StringBuilder css,
        string selector,
        string scheme,
        IEnumerable<KeyValuePair<string, string>> mud,
        IEnumerable<KeyValuePair<string, string>> own)
    {
        css.Append(selector).AppendLine(" {").Append("  color-scheme: ").Append(scheme).AppendLine(";");
        foreach (var (name, value) in own.Concat(mud))
            css.Append("  ").Append(name).Append(": ").Append(value).AppendLine(";");
        css.AppendLine("}");
    }

    private async Task<Dictionary<string, string>> VariablesAsync(MudTheme theme, bool dark)
    {
        await using var scope = services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var output = await renderer.RenderComponentAsync<MudThemeProvider>(ParameterView.FromDictionary(
                new Dictionary<string, object?>
                {
                    [nameof(MudThemeProvider.Theme)] = theme,
                    [nameof(MudThemeProvider.IsDarkMode)] = dark,
                    [nameof(MudThemeProvider.ObserveSystemDarkModeChange)] = false,
                }));
            return output.ToHtmlString();
        });
        return MudVariables.Read(html);
    }
}
