namespace RingPortal.Web.Ring.Media;

/// <summary>Which existing picture is wanted (contract 9.2); nothing is ever taken for us.</summary>
public abstract record RingImageRequest
{
    private RingImageRequest()
    {
    }

    /// <summary>The one of a moment; Ring searches about ten seconds around it.</summary>
    /// <param name="At">The moment: an event's time, within 180 days and after the person's consent.</param>
    public sealed record AtTimestamp(DateTimeOffset At) : RingImageRequest;

    /// <summary>The newest of a period of at most 24 hours.</summary>
    /// <param name="From">Its begin, after the person's consent.</param>
    /// <param name="To">Its end; null for now.</param>
    public sealed record LatestInRange(DateTimeOffset From, DateTimeOffset? To = null) : RingImageRequest;
}

/// <summary>Which recording is wanted (contract 9.1); asking never starts one.</summary>
/// <param name="From">Its begin: an event's time.</param>
/// <param name="Duration">How much of it, at most 15 minutes.</param>
/// <param name="Audio">Whether with sound.</param>
public sealed record RingClipRequest(DateTimeOffset From, TimeSpan Duration, bool Audio);
