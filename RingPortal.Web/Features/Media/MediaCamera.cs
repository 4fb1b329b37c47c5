namespace RingPortal.Web.Features.Media;

/// <summary>A camera as its owner may ask for its pictures.</summary>
/// <param name="Id">Our own id.</param>
/// <param name="UserId">The owner.</param>
/// <param name="RingTokenId">The link through which it is shared.</param>
/// <param name="RingDeviceId">Ring's id.</param>
/// <param name="Name">As the person named it.</param>
/// <param name="SharedSince">Since when it has been shared with us: Ring gives nothing from before (contract 9.2).</param>
/// <param name="IsOffline">Whether Ring says that it is offline.</param>
/// <param name="IsProtected">Whether its pictures came encrypted last.</param>
/// <param name="TimeZone">IANA zone of the owner.</param>
/// <param name="NeedsPlan">Whether it has no active plan though it needs one.</param>
internal sealed record MediaCamera(
    Guid Id, Guid UserId, Guid RingTokenId, string RingDeviceId, string Name, DateTimeOffset SharedSince, bool IsOffline, bool IsProtected, string? TimeZone, bool NeedsPlan);

/// <summary>An event as its owner may ask for its picture and recording.</summary>
/// <param name="Camera">The camera that saw it.</param>
/// <param name="OccurredAt">When it began.</param>
/// <param name="EndedAt">When it was over, where Ring said so.</param>
internal sealed record MediaEvent(MediaCamera Camera, DateTimeOffset OccurredAt, DateTimeOffset? EndedAt = null)
{
    /// <summary>What moves is over by then, where nobody said when; Ring gives what there is.</summary>
    private static readonly TimeSpan s_usual = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    /// <summary>How much of a recording is asked for.</summary>
    public TimeSpan Length => EndedAt - OccurredAt is not { } length || length <= TimeSpan.Zero ? s_usual
        : length < s_shortest ? s_shortest
        : length > s_longest ? s_longest
        : length;
}
