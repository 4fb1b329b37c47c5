using System.Globalization;
using Microsoft.AspNetCore.Components;
using RingPortal.Web.Features.Admin.Alarming;
using RingPortal.Web.Features.Admin.Ui;

namespace RingPortal.Web.Features.Admin.Health;

/// <summary>Alarms with their histories, and how the parts of the portal do.</summary>
public sealed partial class HealthPage
{
    private AlarmDesk desk = null!;
    private IReadOnlyList<AlarmView> open = [];
    private IReadOnlyList<AlarmView> shown = [];
    private IReadOnlyList<HealthPart> parts = [];
    private AlarmDetail? detail;
    private bool hasOlder;

    [Inject]
    private AlarmQueries Alarms { get; set; } = null!;

    [Inject]
    private HealthQueries Health { get; set; } = null!;

    /// <summary><c>parts</c>, else the alarms.</summary>
    [SupplyParameterFromQuery]
    public string? View { get; set; }

    /// <summary><c>taken</c>, <c>resolved</c>, else what fires and nobody has taken.</summary>
    [SupplyParameterFromQuery]
    public string? State { get; set; }

    /// <summary>The alarm whose history is open.</summary>
    [SupplyParameterFromQuery]
    public string? Alarm { get; set; }

    /// <summary>Only what was settled before this time (ticks, UTC).</summary>
    [SupplyParameterFromQuery]
    public string? Before { get; set; }

    private bool IsParts => View == "parts";

    private AlarmState Chosen => State switch { "taken" => AlarmState.Taken, "resolved" => AlarmState.Resolved, _ => AlarmState.Firing };

    private IReadOnlyList<RpTab> States =>
    [
        new(AdminPages.Health, Texts["admin.health.firing"], open.Count(alarm => alarm.TakenAt is null), Chosen is AlarmState.Firing),
        new($"{AdminPages.Health}?state=taken", Texts["admin.health.taken"], open.Count(alarm => alarm.TakenAt is not null), Chosen is AlarmState.Taken),
        new($"{AdminPages.Health}?state=resolved", Texts["admin.health.resolved"], null, Chosen is AlarmState.Resolved),
    ];

    private string? Older => hasOlder
        ? string.Create(CultureInfo.InvariantCulture, $"{AdminPages.Health}?state=resolved&before={shown[^1].ResolvedAt!.Value.UtcTicks}")
        : null;

    /// <inheritdoc />
    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        open = await Alarms.OpenAsync(cancellationToken);
        parts = IsParts ? await Health.PartsAsync(cancellationToken) : [];
        detail = !IsParts && Guid.TryParse(Alarm, out var id) ? await Alarms.OneAsync(id, cancellationToken) : null;
        var settled = Chosen is AlarmState.Resolved && !IsParts && detail is null ? await Alarms.ResolvedAsync(ReadBefore(), cancellationToken) : [];
        hasOlder = settled.Count > AlarmQueries.PageSize;
        shown = Chosen is AlarmState.Resolved
            ? [.. settled.Take(AlarmQueries.PageSize)]
            : [.. open.Where(alarm => alarm.TakenAt is null == Chosen is AlarmState.Firing)];
    }

    private DateTimeOffset? ReadBefore() =>
        long.TryParse(Before, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;
}
