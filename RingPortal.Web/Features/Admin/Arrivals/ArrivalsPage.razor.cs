using System.Globalization;
using Microsoft.AspNetCore.Components;
using RingPortal.Web.Features.Admin.Ui;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Admin.Arrivals;

/// <summary>Calls to the addresses registered at Ring, live: what is new waits behind a bar, so that nothing moves under the finger.</summary>
public sealed partial class ArrivalsPage
{
    private const int Minutes = 60;

    private ArrivalFilter? read;
    private ArrivalList shown = new([], HasOlder: false);
    private IReadOnlyList<ArrivalCount> minutes = [];
    private IReadOnlyList<ChartSeries> series = [];
    private IReadOnlyList<string> steps = [];
    private DateTimeOffset? last;
    private int newer;

    [SupplyParameterFromQuery(Name = "address")]
    private string? RouteText { get; set; }

    [SupplyParameterFromQuery(Name = "verdict")]
    private string? VerdictText { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? FromText { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? ToText { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    private string? BeforeText { get; set; }

    [CascadingParameter]
    private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [Inject]
    private Texts Texts { get; set; } = null!;

    [Inject]
    private ArrivalQueries Queries { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Watch { get; set; } = null!;

    private ArrivalFilter Filter => ArrivalFilter.Read(RouteText, VerdictText, FromText, ToText, BeforeText);

    private DateTimeOffset Now => Watch.GetUtcNow();

    /// <inheritdoc />
    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        var filter = Filter;
        if (read != filter || shown.Rows.Count == 0)
        {
            (shown, read, newer) = (await Queries.ListAsync(filter, cancellationToken), filter, 0);
        }
        else if (filter.Before is null)
        {
            newer = await Queries.CountNewerAsync(filter, Place(shown.Rows[0]), cancellationToken);
        }

        minutes = await Queries.MinutesAsync(filter, cancellationToken);
        last = shown.Rows.Count == 0 ? await Queries.LastAsync(cancellationToken) : null;
        Draw();
    }

    private static ArrivalPlace Place(ArrivalRow row) => new(row.At, row.Id);

    private static string? Chosen(ChangeEventArgs change) => change.Value is string { Length: > 0 } text ? text : null;

    private static string? Written(DateTimeOffset? time) => time?.UtcDateTime.ToString(ArrivalFilter.TimeFormat, CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(ChangeEventArgs change) => ArrivalFilter.Read(null, null, change.Value as string, null, null).From;

    private void Go(ArrivalFilter filter) => Navigation.NavigateTo(filter.Address());

    private Task ShowNewerAsync()
    {
        read = null;
        return RefreshAsync();
    }

    /// <summary>One line an address, a step a minute; a minute without a call is none.</summary>
    private void Draw()
    {
        var now = Now;
        var end = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var times = Enumerable.Range(1 - Minutes, Minutes).Select(minute => end.AddMinutes(minute)).ToList();
        var counts = minutes.ToDictionary(minute => (minute.Route, minute.At), minute => (double)minute.Count);
        steps = [.. times.Select(time => TimeZoneInfo.ConvertTime(time, Zone).ToString("HH:mm", CultureInfo.InvariantCulture))];
        series = [.. ArrivalFilter.Routes.Where(route => counts.Keys.Any(key => key.Route == route))
            .Select(route => new ChartSeries(Texts[$"admin.arr.route.{route}"], [.. times.Select(time => (double?)counts.GetValueOrDefault((route, time)))]))];
    }
}
