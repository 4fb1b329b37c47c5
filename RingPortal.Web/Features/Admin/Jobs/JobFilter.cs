using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace RingPortal.Web.Features.Admin.Jobs;

/// <summary>Which jobs an operator wants to see, as it stands in the address.</summary>
/// <param name="Tab">The view.</param>
/// <param name="Type">Only this kind of job, by its short name.</param>
/// <param name="Search">A job's number, the key of what it is about, a Ring account id, or a person's e-mail; whole.</param>
/// <param name="Before">Only jobs with a lower number.</param>
public sealed record JobFilter(JobTab Tab, string? Type = null, string? Search = null, long? Before = null)
{
    /// <summary>Where the list is.</summary>
    public const string Page = "/admin/jobs";

    /// <summary>Reads an address leniently: what makes no sense was not chosen.</summary>
    public static JobFilter Read(string? tab, string? type, string? search, string? before) => new(
        JobTabs.Read(tab) ?? JobTab.Running,
        JobTypes.Known.Contains(type) ? type : null,
        string.IsNullOrWhiteSpace(search) ? null : search.Trim(),
        long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null);

    /// <summary>The address of this view.</summary>
    public string Address()
    {
        var query = new QueryBuilder { { "tab", Tab.Slug() } };
        if (Type is not null)
        {
            query.Add("type", Type);
        }

        if (Search is not null)
        {
            query.Add("q", Search);
        }

        if (Before is { } id)
        {
            query.Add("before", id.ToString(CultureInfo.InvariantCulture));
        }

        return $"{Page}{query}";
    }
}
