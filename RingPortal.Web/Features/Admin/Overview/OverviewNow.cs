using RingPortal.Web.Features.Admin.Alarming;

namespace RingPortal.Web.Features.Admin.Overview;

/// <summary>What stands at the top of the overview.</summary>
/// <param name="Alarms">What is open.</param>
/// <param name="LastAlarm">When one was last settled (UTC); null when none was.</param>
/// <param name="Waiting">Deliveries that wait to be processed, at most <see cref="OverviewQueries.MostCounted"/> and one.</param>
/// <param name="Oldest">Since when the oldest of them is due (UTC).</param>
/// <param name="Stopped">Deliveries that need a decision, counted likewise.</param>
/// <param name="Live">Live views that are open.</param>
public sealed record OverviewNow(IReadOnlyList<AlarmView> Alarms, DateTimeOffset? LastAlarm, long Waiting, DateTimeOffset? Oldest, long Stopped, long Live);

/// <summary>What flowed within an hour or a day.</summary>
/// <param name="Steps">The beginning of each step (UTC), oldest first.</param>
/// <param name="Counts">Per figure, kind and step.</param>
/// <param name="Answers">Per step how many answers fell into each range of <c>FigureBuckets</c>; null for a step without any.</param>
public sealed record OverviewFlow(IReadOnlyList<DateTimeOffset> Steps, IReadOnlyDictionary<(string Name, string Tag), long[]> Counts, IReadOnlyList<long[]?> Answers)
{
    /// <summary>All of one figure whose kind is wanted.</summary>
    public long Total(string name, Func<string, bool> tag) => Counts.Where(figure => figure.Key.Name == name && tag(figure.Key.Tag)).Sum(figure => figure.Value.Sum());

    /// <summary>The same step by step.</summary>
    public IReadOnlyList<double?> Line(string name, Func<string, bool> tag)
    {
        var line = new double?[Steps.Count];
        Array.Fill(line, 0);
        foreach (var (_, values) in Counts.Where(figure => figure.Key.Name == name && tag(figure.Key.Tag)))
        {
            for (var i = 0; i < values.Length; i++)
            {
                line[i] += values[i];
            }
        }

        return line;
    }

    /// <summary>The kinds of one figure with their totals, largest first.</summary>
    public IEnumerable<(string Tag, long Count)> Kinds(string name) =>
        Counts.Where(figure => figure.Key.Name == name).Select(figure => (figure.Key.Tag, Count: figure.Value.Sum())).OrderByDescending(kind => kind.Count);
}

/// <summary>How far back the overview looks.</summary>
public enum OverviewRange
{
    /// <summary>60 minutes in steps of two.</summary>
    Hour,

    /// <summary>24 hours in steps of thirty minutes.</summary>
    Day,
}
