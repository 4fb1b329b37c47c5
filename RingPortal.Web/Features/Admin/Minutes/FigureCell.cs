namespace RingPortal.Web.Features.Admin.Minutes;

/// <summary>One figure of one minute, as far as it is not written yet.</summary>
internal sealed class FigureCell
{
    public long Count { get; private set; }

    public double Sum { get; private set; }

    public long[]? Buckets { get; private set; }

    public void Add(long count) => Count += count;

    public void Measure(double milliseconds)
    {
        Buckets ??= new long[FigureBuckets.Count];
        Buckets[FigureBuckets.IndexOf(milliseconds)]++;
        (Count, Sum) = (Count + 1, Sum + milliseconds);
    }

    /// <summary>A gauge keeps its largest value and counts nothing.</summary>
    public void Reach(double value, bool isFirst) => Sum = isFirst ? value : Math.Max(Sum, value);

    /// <summary>Takes back what could not be written.</summary>
    public void Merge(FigureCell other)
    {
        if (other.Count == 0)
        {
            Sum = Math.Max(Sum, other.Sum);
            return;
        }

        (Count, Sum) = (Count + other.Count, Sum + other.Sum);
        if (other.Buckets is { } buckets)
        {
            Buckets ??= new long[FigureBuckets.Count];
            for (var i = 0; i < buckets.Length; i++)
            {
                Buckets[i] += buckets[i];
            }
        }
    }
}

/// <summary>Which figure of which minute.</summary>
/// <param name="Minute">The minute, by its beginning (UTC).</param>
/// <param name="Name">One of <see cref="FigureNames"/>.</param>
/// <param name="Tag">Which kind of it.</param>
internal readonly record struct FigureKey(DateTimeOffset Minute, string Name, string Tag);
