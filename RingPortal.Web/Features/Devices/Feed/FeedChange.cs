namespace RingPortal.Web.Features.Devices.Feed;

/// <summary>Something that open pages of one person should show now. Ids only: the page reads what it may see.</summary>
/// <param name="UserId">Whose pages.</param>
/// <param name="Kind">What changed.</param>
/// <param name="DeviceId">The camera, where it is about one.</param>
/// <param name="EventId">The entry of the timeline, where there is one.</param>
public sealed record FeedChange(Guid UserId, FeedKind Kind, Guid? DeviceId = null, Guid? EventId = null)
{
    /// <summary>The delivery behind it, where there is one: its trace goes on where the change is shown. Makes no difference between changes.</summary>
    public Guid? Cause { get; init; }

    /// <inheritdoc />
    public bool Equals(FeedChange? other) =>
        other is not null && (UserId, Kind, DeviceId, EventId) == (other.UserId, other.Kind, other.DeviceId, other.EventId);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(UserId, Kind, DeviceId, EventId);
}

/// <summary>What a <see cref="FeedChange"/> is about. The numbers travel between instances: new ones go to the end.</summary>
public enum FeedKind
{
    /// <summary>Somebody rang.</summary>
    Press,

    /// <summary>Something moved.</summary>
    Motion,

    /// <summary>Another event.</summary>
    Other,

    /// <summary>A camera went online or offline.</summary>
    Status,

    /// <summary>A camera is new, or something about it is.</summary>
    Device,

    /// <summary>A camera is no longer shared.</summary>
    Removed,

    /// <summary>A Ring account was connected, disconnected or needs the person.</summary>
    Connection,

    /// <summary>A plan began or ended.</summary>
    Plan,

    /// <summary>A live view ended.</summary>
    Live,

    /// <summary>Nobody knows what: too much at once to tell, or something was missed. Read again.</summary>
    Everything,

    /// <summary>The person may not be signed in any more: ask.</summary>
    Session,
}
