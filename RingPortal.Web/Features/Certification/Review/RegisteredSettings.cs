using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Certification.Listing;
using RingPortal.Web.Features.Linking;
using RingPortal.Web.Features.Subscriptions;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Certification.Review;

/// <summary>
/// The settings that Ring knows or its reviewers see, as this instance runs with them. Secrets and files stand there as the
/// beginning of their hash: enough to see that they changed, and nothing else.
/// </summary>
internal sealed class RegisteredSettings(
    IOptions<PortalOptions> portal,
    IOptions<ListingOptions> listing,
    IOptionsMonitor<RingOptions> ring,
    IOptions<LinkingOptions> linking,
    IOptions<SubscriptionsOptions> subscriptions)
{
    private const int LongestShown = 120;

    /// <summary>Setting to value, in the order of their names.</summary>
    public SortedDictionary<string, string> Read() => new(StringComparer.Ordinal)
    {
        ["Portal__PublicUrl"] = portal.Value.Address("/").GetLeftPart(UriPartial.Authority),
        ["Portal__AppName"] = portal.Value.AppName,
        ["Portal__SupportEmail"] = portal.Value.SupportEmail ?? "",
        ["Portal__PrivacyUrl"] = portal.Value.PrivacyUrl?.ToString() ?? "",
        ["Portal__TermsUrl"] = portal.Value.TermsUrl?.ToString() ?? "",
        ["Portal__LogoPath"] = OfFile(portal.Value.LogoPath),
        ["Listing__Name"] = listing.Value.Name,
        ["Listing__Description"] = listing.Value.Description,
        ["Listing__Tags"] = string.Join(", ", listing.Value.Tags),
        ["Listing__Features"] = string.Join(", ", listing.Value.Features),
        ["Listing__Scopes"] = string.Join(" ", listing.Value.Scopes),
        ["Listing__LogoPath"] = OfFile(listing.Value.LogoPath),
        ["Ring__ClientId"] = Hash(Encoding.UTF8.GetBytes(ring.CurrentValue.ClientId)),
        ["Ring__ClientSecret"] = Hash(Encoding.UTF8.GetBytes(ring.CurrentValue.ClientSecret)),
        ["Ring__HmacKey"] = Hash(Encoding.UTF8.GetBytes(ring.CurrentValue.HmacKey)),
        ["Linking__NonceWindowSeconds"] = linking.Value.NonceWindowSeconds.ToString(CultureInfo.InvariantCulture),
        ["Subscriptions__Gate"] = subscriptions.Value.Gate.ToString(),
    };

    /// <summary>What differs from the time of the submission. A setting that only one version of the portal knows does not.</summary>
    public static IReadOnlyList<ChangedSetting> Compare(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now) =>
    [
        .. before.Where(old => now.TryGetValue(old.Key, out var value) && value != old.Value)
            .OrderBy(old => old.Key, StringComparer.Ordinal)
            .Select(old => new ChangedSetting(old.Key, Show(old.Value), Show(now[old.Key]))),
    ];

    private static string Show(string value) => value.Length == 0 ? "not set" : value.Length > LongestShown ? value[..LongestShown] + "…" : value;

    private static string OfFile(string? path) => string.IsNullOrEmpty(path) ? "" : File.Exists(path) ? Hash(File.ReadAllBytes(path)) : "the file is missing";

    private static string Hash(byte[] content) => content.Length == 0 ? "" : $"#{Convert.ToHexStringLower(SHA256.HashData(content))[..8]}";
}

/// <summary>A setting that changed.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Old">What it was.</param>
/// <param name="New">What it is.</param>
public sealed record ChangedSetting(string Key, string Old, string New);
