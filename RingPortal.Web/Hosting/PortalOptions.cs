namespace RingPortal.Web.Hosting;

/// <summary>Section <c>Portal</c>: where the portal lives and what the partner calls it.</summary>
public sealed class PortalOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Portal";

    /// <summary>The origin that Ring and people know, without a path: <c>https://portal.example.com</c>.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>The partner's name for the product.</summary>
    public string AppName { get; set; } = "Fairview";

    /// <summary>Where people write when they need help.</summary>
    public string? SupportEmail { get; set; }

    /// <summary>The partner's privacy text; ours is shown without it.</summary>
    public Uri? PrivacyUrl { get; set; }

    /// <summary>The partner's terms; ours are shown without them.</summary>
    public Uri? TermsUrl { get; set; }

    /// <summary>Square logo (SVG or PNG file) on the server's disk.</summary>
    public string? LogoPath { get; set; }

    /// <summary>The same for dark pages.</summary>
    public string? LogoDarkPath { get; set; }

    /// <summary>Brand colour, <c>#RRGGBB</c>.</summary>
    public string PrimaryColor { get; set; } = "#2B4C9B";

    /// <summary>Whether people reach the portal over TLS; decides cookie names and flags.</summary>
    public bool IsHttps => PublicUrl?.Scheme == Uri.UriSchemeHttps;

    /// <summary>Absolute address of a path below <see cref="PublicUrl"/>.</summary>
    /// <exception cref="InvalidOperationException">The options were not validated.</exception>
    public Uri Address(string path) => new(PublicUrl ?? throw new InvalidOperationException("Portal__PublicUrl is not set."), path);
}
