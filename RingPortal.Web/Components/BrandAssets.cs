using Microsoft.Extensions.Options;
using RingPortal.Web.Components.Theme;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Components;

/// <summary>A picture as it is sent.</summary>
internal sealed record BrandPicture(byte[] Content, string ContentType);

/// <summary>The partner's logo, read once at start; without one a square in the brand's colour with the first letter.</summary>
internal sealed class BrandAssets
{
    public BrandAssets(IOptions<PortalOptions> portal, IHostEnvironment environment)
    {
        var options = portal.Value;
        Logo = Load(options.LogoPath, "Portal__LogoPath", environment);
        LogoDark = Load(options.LogoDarkPath, "Portal__LogoDarkPath", environment);
        Icon = Logo ?? Letter(options);
    }

    public BrandPicture? Logo { get; }

    public BrandPicture? LogoDark { get; }

    public BrandPicture Icon { get; }

    private static BrandPicture? Load(string? path, string setting, IHostEnvironment environment)
    {
        if (string.IsNullOrWhiteSpace(path))
            return null;

        var file = Path.Combine(environment.ContentRootPath, path);
        if (!File.Exists(file))
            throw new OptionsValidationException(setting, typeof(PortalOptions), [$"{setting} names a file that does not exist: {file}"]);

        return Path.GetExtension(file).ToUpperInvariant() switch
        {
            ".SVG" => new(File.ReadAllBytes(file), "image/svg+xml"),
            ".PNG" => new(File.ReadAllBytes(file), "image/png"),
            _ => throw new OptionsValidationException(setting, typeof(PortalOptions), [$"{setting} must name an .svg or .png file"]),
        };
    }

    private static BrandPicture Letter(PortalOptions options)
    {
        var letter = System.Security.SecurityElement.Escape(options.AppName[..1].ToUpperInvariant());
        var svg = $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="{BrandShades.From(options.PrimaryColor).Light.Primary}"/><text x="16" y="22.5" font-family="system-ui,sans-serif" font-size="19" font-weight="700" text-anchor="middle" fill="{Tokens.Light("on-primary")}">{letter}</text></svg>
            """;
        return new(System.Text.Encoding.UTF8.GetBytes(svg), "image/svg+xml");
    }
}
