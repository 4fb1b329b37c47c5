using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using RingPortal.Web.Features.Certification.Outside;

namespace RingPortal.Web.Features.Admin.Arrivals;

/// <summary>A place in the list: everything older comes after it.</summary>
/// <param name="At">Time of the call (UTC).</param>
/// <param name="Id">Its key, for calls of the same time.</param>
public sealed record ArrivalPlace(DateTimeOffset At, Guid Id)
{
    /// <summary>As it stands in an address.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}-{Id:N}");

    /// <summary>Reads an address leniently; null for anything that is no place.</summary>
    public static ArrivalPlace? Read(string? text)
    {
        var parts = text?.Split('-') ?? [];
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParseExact(parts[1], "N", out var id)
            ? new ArrivalPlace(new DateTimeOffset(ticks, TimeSpan.Zero), id)
            : null;
    }
}

/// <summary>Which calls an operator wants to see, as it stands in the address. Nothing chosen means all.</summary>
/// <param name="Route">Only this address: <c>token</c>, <c>link</c>, <c>config</c>, <c>webhook</c>.</param>
/// <param name="Verdict">Only this verdict.</param>
/// <param name="From">Not before (UTC).</param>
/// <param name="To">Before (UTC).</param>
/// <param name="Before">Only what is older than this place.</param>
public sealed record ArrivalFilter(string? Route = null, string? Verdict = null, DateTimeOffset? From = null, DateTimeOffset? To = null, ArrivalPlace? Before = null)
{
    /// <summary>Where the list is.</summary>
    public const string Page = "/admin/arrivals";

    /// <summary>How date fields write a time.</summary>
    public const string TimeFormat = "yyyy-MM-ddTHH:mm";

    /// <summary>The addresses registered at Ring.</summary>
    public static IReadOnlyList<string> Routes { get; } = ["token", "link", "webhook", "config"];

    /// <summary>Verdicts that can be asked for.</summary>
    public static IReadOnlyList<string> Verdicts { get; } =
    [
        "accepted", "repeated", "quarantined", "invalid_signature", "missing_code", "malformed", "expired", "bare", "head", "page", "json",
        "too_many", "too_large", "unreadable", "unavailable", "not_stored", "database_away", "overloaded", "stopping", "durability", "schema", "keys", "vault",
        ProbeMark.Verdict,
    ];

    /// <summary>Whether anything is chosen; where the reader has got to is no choice.</summary>
    public bool IsChosen => Route is not null || Verdict is not null || From is not null || To is not null;

    /// <summary>Reads an address leniently: what makes no sense was not chosen.</summary>
    public static ArrivalFilter Read(string? route, string? verdict, string? from, string? to, string? before) => new(
        Routes.Contains(route) ? route : null, Verdicts.Contains(verdict) ? verdict : null, ReadTime(from), ReadTime(to), ArrivalPlace.Read(before));

    /// <summary>The address of this view.</summary>
    public string Address()
    {
        var query = new QueryBuilder();
        Add("address", Route);
        Add("verdict", Verdict);
        Add("from", From?.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
        Add("to", To?.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
        Add("before", Before?.ToString());
        return $"{Page}{query}";

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }
    }

    private static DateTimeOffset? ReadTime(string? text) =>
        DateTimeOffset.TryParseExact(text, [TimeFormat, "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
