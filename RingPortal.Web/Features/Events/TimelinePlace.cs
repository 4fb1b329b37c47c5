using System.Globalization;
using System.Text;
using System.Web;

namespace RingPortal.Web.Features.Events;

/// <summary>Where a timeline stands, and how its view is written in addresses: the page of all events, or a section of a camera's page.</summary>
/// <param name="Camera">The camera whose page it is.</param>
public sealed record TimelinePlace(Guid? Camera = null)
{
    private const string Section = "tab=events";

    /// <summary>The page of all events.</summary>
    public static TimelinePlace All { get; } = new();

    /// <summary>The path of the page.</summary>
    public string Path => Camera is { } id ? $"/devices/{id}" : TimelineFilter.Page;

    /// <summary>What to read: in a camera's page this camera alone, which its address need not repeat.</summary>
    public TimelineFilter Asked(TimelineFilter filter) => Camera is { } id ? filter with { Cameras = [id] } : filter;

    /// <summary>Whether an address leads here.</summary>
    public bool Holds(Uri address) =>
        string.Equals(address.AbsolutePath, Path, StringComparison.OrdinalIgnoreCase)
        && (Camera is null || address.Query.TrimStart('?').Split('&').Contains(Section, StringComparer.Ordinal));

    /// <summary>Reads an address leniently: what makes no sense was not chosen. An entry that cannot be read is asked for nevertheless.</summary>
    public (TimelineFilter Filter, Guid? Open) Read(Uri address)
    {
        var query = HttpUtility.ParseQueryString(address.Query);
        var filter = TimelineFilter.Read(Camera is null ? query.GetValues("camera") : null, query.GetValues("kind"), query["day"], query["before"]);
        return (filter, query["event"] is not { } open ? null : Guid.TryParse(open, out var id) ? id : Guid.Empty);
    }

    /// <summary>The address of a view, with an entry open or without.</summary>
    public string Address(TimelineFilter filter, Guid? open = null)
    {
        var query = new StringBuilder();
        if (Camera is null)
        {
            filter.Cameras.ToList().ForEach(id => Add("camera", id.ToString()));
        }
        else
        {
            query.Append('?').Append(Section);
        }

        filter.Kinds.ToList().ForEach(kind => Add("kind", kind.Slug()));
        Add("day", filter.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("before", filter.Before?.ToString());
        Add("event", open?.ToString());
        return $"{Path}{query}";

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(value);
            }
        }
    }
}
