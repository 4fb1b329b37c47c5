namespace RingPortal.Web.Features.Admin.Ui;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What it counts.</param>
/// <param name="Values">A value a step; null where there is none, which leaves a gap.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<double?> Values);

/// <summary>One bar of a ranking.</summary>
/// <param name="Name">What it counts.</param>
/// <param name="Value">How much.</param>
/// <param name="Href">The rows behind it; null when there is no page for them.</param>
public sealed record ChartBar(string Name, double Value, string? Href = null);
