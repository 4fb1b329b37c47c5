using System.Threading.Channels;

namespace RingPortal.Web.Features.Devices.Feed;

/// <summary>
/// Takes what changed, to be told to the open pages of all instances. To be called after the commit; never waits. Pages
/// that miss a change read again by themselves.
/// </summary>
public sealed class FeedOutlet
{
    // Bounded: while the database is away nothing can be told, and pages read again afterwards anyway.
    private readonly Channel<FeedChange> _changes =
        Channel.CreateBounded<FeedChange>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>What waits to be told.</summary>
    internal ChannelReader<FeedChange> Waiting => _changes.Reader;

    /// <summary>Tells one change.</summary>
    public void Publish(FeedChange change) => _changes.Writer.TryWrite(change);

    /// <summary>Tells several changes.</summary>
    public void Publish(IEnumerable<FeedChange> changes)
    {
        foreach (var change in changes)
        {
            Publish(change);
        }
    }
}
