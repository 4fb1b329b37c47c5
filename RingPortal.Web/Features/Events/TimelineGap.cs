namespace RingPortal.Web.Features.Events;

/// <summary>A time of which events may be missing.</summary>
/// <param name="From">Where it begins (UTC).</param>
/// <param name="To">Where it ends (UTC).</param>
/// <param name="IsBeingFilled">Whether it is being filled in; else nobody could.</param>
public sealed record TimelineGap(DateTimeOffset From, DateTimeOffset To, bool IsBeingFilled);

/// <summary>How far Ring's history of the cameras that are shown is read.</summary>
/// <param name="MayHaveOlder">Whether Ring may have older events of one of them than we.</param>
/// <param name="ReadAt">When Ring last answered for all of them (UTC); null when it never did for one of them.</param>
/// <param name="SilentSince">Since when Ring does not answer for one of them (UTC).</param>
public sealed record TimelineHistory(bool MayHaveOlder, DateTimeOffset? ReadAt = null, DateTimeOffset? SilentSince = null)
{
    /// <summary>Whether nobody has asked Ring yet.</summary>
    public bool IsUnread => MayHaveOlder && ReadAt is null && SilentSince is null;
}
