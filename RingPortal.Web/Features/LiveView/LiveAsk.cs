namespace RingPortal.Web.Features.LiveView;

/// <summary>A person asks to see a camera now.</summary>
/// <param name="UserId">Who.</param>
/// <param name="DeviceId">What.</param>
/// <param name="Offer">What their browser can receive.</param>
/// <param name="TakeOver">Whether it may end where they watch the same camera elsewhere.</param>
/// <param name="StopOldest">Whether it may end the older of two others.</param>
internal sealed record LiveAsk(Guid UserId, Guid DeviceId, ReadOnlyMemory<byte> Offer, bool TakeOver, bool StopOldest);

/// <summary>What became of it.</summary>
internal abstract record LiveAnswer
{
    private LiveAnswer()
    {
    }

    /// <summary>It runs.</summary>
    /// <param name="Id">Our own id of it.</param>
    /// <param name="Answer">For the browser.</param>
    /// <param name="Seconds">When Ring ends it.</param>
    /// <param name="IsLearnt">Whether that is known of this camera, or the shortest that there is.</param>
    public sealed record Started(Guid Id, ReadOnlyMemory<byte> Answer, int Seconds, bool IsLearnt) : LiveAnswer;

    /// <summary>There is no such camera for this person.</summary>
    public sealed record NotThere : LiveAnswer;

    /// <summary>It is watched already.</summary>
    /// <param name="Own">Whether by the same person, who may take it over.</param>
    public sealed record Busy(bool Own) : LiveAnswer;

    /// <summary>The person watches two others.</summary>
    /// <param name="OldestId">The one that runs longest.</param>
    /// <param name="Oldest">Its name.</param>
    public sealed record Two(Guid OldestId, string Oldest) : LiveAnswer;

    /// <summary>It did not come about, or ended before it began.</summary>
    /// <param name="Why">One of <see cref="LiveTrouble"/>.</param>
    /// <param name="RetryAfter">When trying again may help.</param>
    public sealed record Trouble(LiveTrouble Why, TimeSpan? RetryAfter = null) : LiveAnswer;
}

/// <summary>Why Ring shows nothing.</summary>
internal enum LiveTrouble
{
    /// <summary>The camera is not reached.</summary>
    Offline,

    /// <summary>Ring is not reached, or wants a pause.</summary>
    RingAway,

    /// <summary>Ring did not answer in time.</summary>
    RingSilent,

    /// <summary>Too many ask at once.</summary>
    Crowded,

    /// <summary>Ring answered something that cannot be used.</summary>
    BadAnswer,

    /// <summary>The person must connect again.</summary>
    Relink,

    /// <summary>Ring does not allow it.</summary>
    Scope,

    /// <summary>The camera needs a plan.</summary>
    Plan,

    /// <summary>It ended while Ring was asked.</summary>
    Ended,
}
