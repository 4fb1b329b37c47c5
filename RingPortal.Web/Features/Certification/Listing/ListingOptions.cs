using Microsoft.Extensions.Options;

namespace RingPortal.Web.Features.Certification.Listing;

/// <summary>Section <c>Listing</c>: what is registered in Ring's console, to be compared and copied.</summary>
public sealed class ListingOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Listing";

    /// <summary>The app's name.</summary>
    public string Name { get; set => field = value.Trim(); } = "";

    /// <summary>What the app does.</summary>
    public string Description { get; set => field = value.Trim(); } = "";

    /// <summary>Tags.</summary>
    public IList<string> Tags { get; } = [];

    /// <summary>Features, for example <c>live view</c>.</summary>
    public IList<string> Features { get; } = [];

    /// <summary>Scopes, for example <c>ava.devices</c>.</summary>
    public IList<string> Scopes { get; } = [];

    /// <summary>The logo as it was uploaded (PNG file); the portal's own logo without it.</summary>
    public string? LogoPath { get; set; }
}

/// <summary>Stops the start on what cannot be meant; what Ring may not like is a finding of the certification page instead.</summary>
internal sealed class ListingOptionsValidator : IValidateOptions<ListingOptions>
{
    private const int LongestName = 100;
    private const int LongestText = 4000;

    public ValidateOptionsResult Validate(string? name, ListingOptions options)
    {
        var failures = new List<string>();
        if (options.Name.Length > LongestName)
        {
            failures.Add($"Listing__Name must have {LongestName} characters at most.");
        }

        if (options.Description.Length > LongestText)
        {
            failures.Add($"Listing__Description must have {LongestText} characters at most.");
        }

        CheckList("Tags", options.Tags, spaces: true, failures);
        CheckList("Features", options.Features, spaces: true, failures);
        CheckList("Scopes", options.Scopes, spaces: false, failures);
        if (!string.IsNullOrEmpty(options.LogoPath) && !File.Exists(options.LogoPath))
        {
            failures.Add("Listing__LogoPath must name an existing file.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckList(string key, IList<string> entries, bool spaces, List<string> failures)
    {
        for (var index = 0; index < entries.Count; index++)
        {
            if (string.IsNullOrWhiteSpace(entries[index]) || (!spaces && entries[index].Any(char.IsWhiteSpace)))
            {
                failures.Add($"Listing__{key}__{index} must {(spaces ? "not be blank" : "be one word")}.");
            }
        }
    }
}
