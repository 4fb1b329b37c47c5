using System.Threading.Channels;

namespace RingPortal.Web.Features.Devices.Feed;

/// <summary>
/// What waits to be told to other instances. One message holds several changes; where they are too many for one, or too
/// old to be told, all of a person become one "read again".
/// </summary>
internal sealed class FeedBatch
{
    private readonly List<FeedChange> _changes = [];
    private readonly HashSet<FeedChange> _known = [];

    public bool IsEmpty => _changes.Count == 0;

    /// <summary>Takes all that waits.</summary>
    public void Fill(ChannelReader<FeedChange> waiting)
    {
        while (waiting.TryRead(out var change))
        {
            Add(change);
        }
    }

    /// <summary>The next message; <see cref="Told"/> must be called once it is out.</summary>
    public (string Payload, int Count) Next()
    {
        var next = FeedWire.Write(_changes);
        if (next.Told < _changes.Count)
        {
            Collapse();
            next = FeedWire.Write(_changes);
        }

        return next;
    }

    /// <summary>The first of them are out.</summary>
    public void Told(int count)
    {
        _changes.RemoveRange(0, count);
        _known.Clear();
        _known.UnionWith(_changes);
    }

    /// <summary>One "read again" for each person instead of what happened.</summary>
    public void Collapse()
    {
        var people = _changes.Select(change => change.UserId).Distinct().ToList();
        _changes.Clear();
        _known.Clear();
        people.ForEach(person => Add(new FeedChange(person, FeedKind.Everything)));
    }

    private void Add(FeedChange change)
    {
        if (_known.Add(change))
        {
            _changes.Add(change);
        }
    }
}
