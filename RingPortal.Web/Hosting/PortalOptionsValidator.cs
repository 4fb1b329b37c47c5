using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace RingPortal.Web.Hosting;

internal sealed partial class PortalOptionsValidator(IHostEnvironment environment) : IValidateOptions<PortalOptions>
{
    public ValidateOptionsResult Validate(string? name, PortalOptions options)
    {
        var failures = new List<string>();
        CheckPublicUrl(options.PublicUrl, failures);
        if (options.AppName is null or { Length: < 2 or > 24 })
        {
            failures.Add("Portal__AppName must have 2 to 24 characters.");
        }
        else if (ReservedWord().IsMatch(options.AppName))
        {
            failures.Add("Portal__AppName must not contain \"Ring\" or \"Amazon\" as a word; Ring refuses such names.");
        }

        if (!Colour().IsMatch(options.PrimaryColor ?? ""))
        {
            failures.Add("Portal__PrimaryColor must be a colour like #2B4C9B.");
        }

        CheckFile("Portal__LogoPath", options.LogoPath, failures);
        CheckFile("Portal__LogoDarkPath", options.LogoDarkPath, failures);
        CheckAddress("Portal__PrivacyUrl", options.PrivacyUrl, failures);
        CheckAddress("Portal__TermsUrl", options.TermsUrl, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private void CheckPublicUrl(Uri? url, List<string> failures)
    {
        if (url is null || !url.IsAbsoluteUri || url.Scheme is not ("https" or "http"))
        {
            failures.Add("Portal__PublicUrl must be the address that Ring knows, like https://portal.example.com.");
        }
        else if (url.PathAndQuery != "/" || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            failures.Add("Portal__PublicUrl must be an origin without path, query or user.");
        }
        else if (url.Scheme != Uri.UriSchemeHttps && !(environment.IsDevelopment() && url.IsLoopback))
        {
            failures.Add("Portal__PublicUrl must start with https://; http is for localhost in Development only.");
        }
    }

    private static void CheckFile(string key, string? path, List<string> failures)
    {
        if (!string.IsNullOrEmpty(path) && !(File.Exists(path) && Path.GetExtension(path).ToUpperInvariant() is ".SVG" or ".PNG"))
        {
            failures.Add($"{key} must name an existing SVG or PNG file.");
        }
    }

    private static void CheckAddress(string key, Uri? url, List<string> failures)
    {
        if (url is not null && (!url.IsAbsoluteUri || url.Scheme is not ("https" or "http")))
        {
            failures.Add($"{key} must be a web address.");
        }
    }

    [GeneratedRegex(@"\b(ring|amazon)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ReservedWord();

    [GeneratedRegex("^#[0-9A-Fa-f]{6}$")]
    private static partial Regex Colour();
}
