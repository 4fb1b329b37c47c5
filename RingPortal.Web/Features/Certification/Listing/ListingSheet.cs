using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Certification.Listing;

/// <summary>What to type into Ring's console, and what Ring may not like of it.</summary>
internal sealed partial class ListingSheet(IOptions<ListingOptions> listing, IOptions<PortalOptions> portal)
{
    private const int ShortestDescription = 20;

    /// <summary>The rows of the sheet, with the settings they come from.</summary>
    public IReadOnlyList<ListingRow> Rows =>
    [
        new("Listing__Name", listing.Value.Name),
        new("Listing__Description", listing.Value.Description),
        new("Listing__Tags", string.Join(", ", listing.Value.Tags)),
        new("Listing__Features", string.Join(", ", listing.Value.Features)),
        new("Listing__Scopes", string.Join(" ", listing.Value.Scopes)),
    ];

    /// <summary>What Ring may not like of the name.</summary>
    public IEnumerable<string> NameWarnings()
    {
        var name = listing.Value.Name;
        if (name.Length == 0)
        {
            yield return "Listing__Name is not set";
            yield break;
        }

        // Within a word as well: what a reviewer reads into a name is not for us to decide.
        if (Reserved().IsMatch(name))
        {
            yield return "the name contains Ring or Amazon; Ring refuses such names";
        }

        if (name.Length is < 2 or > 50)
        {
            yield return $"the name has {name.Length} characters; 2 to 50 are usual";
        }

        if (name != portal.Value.AppName)
        {
            yield return "people see another name here: Portal__AppName differs from Listing__Name";
        }
    }

    /// <summary>What is missing or too short in the sheet.</summary>
    public IEnumerable<string> SheetWarnings()
    {
        foreach (var row in Rows.Where(row => row.Value.Length == 0))
        {
            yield return $"{row.Setting} is not set";
        }

        if (listing.Value.Description.Length is > 0 and < ShortestDescription)
        {
            yield return $"the description has {listing.Value.Description.Length} characters only";
        }

        if (Reserved().IsMatch(string.Join(' ', listing.Value.Tags)))
        {
            yield return "a tag contains Ring or Amazon";
        }
    }

    // The beginning of a word, or written large within one: "Monitoring" is meant by nobody.
    [GeneratedRegex(@"\bring|amazon|(?-i:Ring)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reserved();
}

/// <summary>One row of the sheet.</summary>
/// <param name="Setting">Where it comes from.</param>
/// <param name="Value">What to type.</param>
public sealed record ListingRow(string Setting, string Value);
