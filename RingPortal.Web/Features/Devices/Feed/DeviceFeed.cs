namespace RingPortal.Web.Features.Devices.Feed;

/// <summary>
/// Hands changes to the open pages of this instance, whatever instance they come from. Each page takes them at its own
/// pace: what comes while it is busy waits for it together, and nobody waits for it.
/// </summary>
public sealed partial class DeviceFeed(ILogger<DeviceFeed> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<FeedSubscription>> _pages = [];

    /// <summary>Hears of one person's changes until disposed.</summary>
    /// <param name="userId">Whose changes.</param>
    /// <param name="handler">Called with what is new, never twice at once, on no particular thread.</param>
    /// <param name="atOnce">Whether it hears at once that anything may have changed before.</param>
    public IDisposable Subscribe(Guid userId, Func<IReadOnlyList<FeedChange>, Task> handler, bool atOnce = false)
    {
        var page = new FeedSubscription(handler, Remove, exception => Log.Failed(logger, exception, userId));
        lock (_lock)
        {
            if (!_pages.TryGetValue(userId, out var pages))
            {
                _pages[userId] = pages = [];
            }

            pages.Add(page);
        }

        if (atOnce)
        {
            page.Offer(new FeedChange(userId, FeedKind.Everything));
        }

        return page;

        void Remove(FeedSubscription gone)
        {
            lock (_lock)
            {
                if (_pages.TryGetValue(userId, out var pages) && pages.Remove(gone) && pages.Count == 0)
                {
                    _pages.Remove(userId);
                }
            }
        }
    }

    /// <summary>Something changed.</summary>
    internal void Tell(FeedChange change)
    {
        foreach (var page in Of(change.UserId))
        {
            page.Offer(change);
        }
    }

    /// <summary>Something may have been missed: all pages read again.</summary>
    internal void TellEverybody()
    {
        List<Guid> people;
        lock (_lock)
        {
            people = [.. _pages.Keys];
        }

        people.ForEach(person => Tell(new FeedChange(person, FeedKind.Everything)));
    }

    /// <summary>How many listen for a person here.</summary>
    internal int CountOf(Guid userId) => Of(userId).Count;

    private List<FeedSubscription> Of(Guid userId)
    {
        lock (_lock)
        {
            return _pages.TryGetValue(userId, out var pages) ? [.. pages] : [];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "An open page of {UserId} could not take a change")]
        public static partial void Failed(ILogger logger, Exception exception, Guid userId);
    }
}
