using System.Globalization;
using System.Text;

namespace RingPortal.Web.Features.Admin.Ui;

/// <summary>
/// The arithmetic of a line chart. The lines live on a plane of 1,000 by <see cref="Height"/> that is stretched to the width of
/// the page; words stand beside it and keep their size.
/// </summary>
internal sealed class ChartPlot
{
    public const int Height = 180;
    private const int Top = 12;
    private const int Bottom = 168;
    private const int LabelDistance = 17;
    private static readonly double[] s_round = [1, 2, 4, 5, 10];

    private readonly IReadOnlyList<ChartSeries> _series;
    private readonly double _top;
    private readonly int _steps;

    public ChartPlot(IReadOnlyList<ChartSeries> series)
    {
        _series = series;
        _steps = series.Count == 0 ? 0 : series.Max(line => line.Values.Count);
        _top = NiceTop(series.SelectMany(line => line.Values).Max() ?? 0);
        Ticks = [0, _top / 2, _top];
    }

    /// <summary>The values that the gridlines stand for.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Height of a value, from the top.</summary>
    public double Y(double value) => Bottom - (value / _top * (Bottom - Top));

    /// <summary>The pen's way along one line: gaps stay gaps, a lone value is a short dash.</summary>
    public string Path(ChartSeries line)
    {
        var way = new StringBuilder();
        for (var i = 0; i < line.Values.Count; i++)
        {
            if (line.Values[i] is not { } value)
            {
                continue;
            }

            var follows = i > 0 && line.Values[i - 1] is not null;
            way.Append(CultureInfo.InvariantCulture, $"{(follows ? 'L' : 'M')}{X(i):0.#} {Y(value):0.#}");
            if (!follows && (i + 1 >= line.Values.Count || line.Values[i + 1] is null))
            {
                way.Append("h4");
            }
        }

        return way.ToString();
    }

    /// <summary>Heights of the names at the lines' ends, moved apart so that each can be read; null for a line without values.</summary>
    public IReadOnlyList<double?> Ends()
    {
        var ends = new double?[_series.Count];
        var free = (double)Top;
        foreach (var (y, index) in _series.Select((line, index) => (Y: line.Values.LastOrDefault(value => value is not null), index))
            .Where(end => end.Y is not null).Select(end => (Y(end.Y!.Value), end.index)).OrderBy(end => end.Item1))
        {
            ends[index] = Math.Max(y, free);
            free = ends[index]!.Value + LabelDistance;
        }

        // What was pushed out at the bottom comes back up, and pushes what is above it.
        var limit = (double)Bottom;
        foreach (var index in Enumerable.Range(0, ends.Length).Where(index => ends[index] is not null).OrderByDescending(index => ends[index]))
        {
            ends[index] = Math.Min(ends[index]!.Value, limit);
            limit = ends[index]!.Value - LabelDistance;
        }

        return ends;
    }

    /// <summary>The next round number: 1, 2 or 5 times a power of ten; at least 2, so that half of it is whole.</summary>
    internal static double NiceTop(double most)
    {
        if (most <= 2)
        {
            return 2;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return s_round.Select(step => step * power).First(top => top >= most);
    }

    private double X(int step) => _steps < 2 ? 0 : step * 1000.0 / (_steps - 1);
}
