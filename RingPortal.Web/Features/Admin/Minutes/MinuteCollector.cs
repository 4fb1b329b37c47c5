namespace RingPortal.Web.Features.Admin.Minutes;

/// <summary>What this instance counted since it was last written. Bounded: a database that is away for long costs the oldest minutes.</summary>
internal sealed class MinuteCollector(TimeProvider clock)
{
    /// <summary>About two hours of a busy instance.</summary>
    private const int Most = 6_000;

    /// <summary>Kinds of one figure in one minute; what an outsider can make up must not fill the table.</summary>
    private const int LongestTag = 60;

    private readonly Lock _lock = new();
    private Dictionary<FigureKey, FigureCell> _cells = [];

    public void Count(string name, string tag, long count)
    {
        lock (_lock)
        {
            Cell(name, tag, out _).Add(count);
        }
    }

    public void Measure(string name, string tag, double milliseconds)
    {
        lock (_lock)
        {
            Cell(name, tag, out _).Measure(milliseconds);
        }
    }

    public void Reach(string name, string tag, double value)
    {
        lock (_lock)
        {
            Cell(name, tag, out var isFirst).Reach(value, isFirst);
        }
    }

    /// <summary>Hands over what is not written yet.</summary>
    public IReadOnlyDictionary<FigureKey, FigureCell> Take()
    {
        lock (_lock)
        {
            var taken = _cells;
            _cells = [];
            return taken;
        }
    }

    /// <summary>Takes back what could not be written.</summary>
    public void GiveBack(IReadOnlyDictionary<FigureKey, FigureCell> cells)
    {
        lock (_lock)
        {
            foreach (var (key, cell) in cells.OrderByDescending(entry => entry.Key.Minute).Take(Math.Max(0, Most - _cells.Count)))
            {
                if (_cells.TryGetValue(key, out var present))
                {
                    present.Merge(cell);
                }
                else
                {
                    _cells.Add(key, cell);
                }
            }
        }
    }

    private FigureCell Cell(string name, string tag, out bool isFirst)
    {
        var now = clock.GetUtcNow();
        var key = new FigureKey(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)), name, tag.Length > LongestTag ? tag[..LongestTag] : tag);
        isFirst = !_cells.TryGetValue(key, out var cell);
        return cell ?? (_cells[key] = new FigureCell());
    }
}
