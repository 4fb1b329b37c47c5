using System.Globalization;
using RingPortal.Web.Features.Admin.Minutes;
using RingPortal.Web.Features.Admin.Ui;

namespace RingPortal.Web.Features.Admin.Overview;

/// <summary>What the figures of the overview mean.</summary>
internal static class OverviewWords
{
    private const int MostBars = 6;
    private static readonly HashSet<string> s_taken = ["accepted", "duplicate", "quarantined"];
    private static readonly HashSet<string> s_goodCodes = ["accepted", "repeated", "exchanged", "unclaimed"];

    /// <summary>Whether a delivery with this outcome was taken.</summary>
    public static bool IsTaken(string outcome) => s_taken.Contains(outcome);

    /// <summary>Whether a token pair was renewed.</summary>
    public static bool IsRenewed(string outcome) => outcome is "refreshed" or "late";

    /// <summary>The kind of Ring's answer: 2, 4 or 5 for its first digit, 429 for itself, 5 for none at all.</summary>
    public static int AnswerOf(string status) => status switch
    {
        "429" or "limited" => 429,
        ['2' or '3', ..] => 2,
        ['4', ..] => 4,
        _ => 5,
    };

    /// <summary>Everything that was refused, by address and reason.</summary>
    public static IReadOnlyList<ChartBar> Refusals(OverviewFlow flow, string other) => Shortened(
    [
        .. flow.Kinds(FigureNames.Codes).Where(kind => !s_goodCodes.Contains(kind.Tag)).Select(kind => ($"token: {kind.Tag}", kind.Count)),
        .. flow.Kinds(FigureNames.Links).Where(kind => kind.Tag != "linked").Select(kind => ($"link: {kind.Tag}", kind.Count)),
        .. flow.Kinds(FigureNames.Webhooks).Where(kind => !IsTaken(kind.Tag)).Select(kind => ($"webhook: {kind.Tag}", kind.Count)),
    ], other);

    /// <summary>What Ring sent, by type.</summary>
    public static IReadOnlyList<ChartBar> Types(OverviewFlow flow, string other) => Shortened([.. flow.Kinds(FigureNames.WebhookTypes)], other);

    /// <summary>A quantile (ms) over the whole time; null without answers.</summary>
    public static double? Quantile(OverviewFlow flow, double part)
    {
        var all = new long[FigureBuckets.Count];
        foreach (var step in flow.Answers.OfType<long[]>())
        {
            for (var i = 0; i < all.Length; i++)
            {
                all[i] += step[i];
            }
        }

        return FigureBuckets.Quantile(all, part);
    }

    public static string Milliseconds(double value) => Figures.Time(TimeSpan.FromMilliseconds(value));

    /// <summary>What a step is called on the axis.</summary>
    public static string Step(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static List<ChartBar> Shortened(IReadOnlyList<(string Name, long Count)> kinds, string other)
    {
        var sorted = kinds.Where(kind => kind.Count > 0).OrderByDescending(kind => kind.Count).ToList();
        var bars = sorted.Take(MostBars).Select(kind => new ChartBar(kind.Name, kind.Count)).ToList();
        if (sorted.Count > MostBars)
        {
            bars.Add(new ChartBar(other, sorted.Skip(MostBars).Sum(kind => kind.Count)));
        }

        return bars;
    }
}
