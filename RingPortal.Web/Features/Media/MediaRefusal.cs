namespace RingPortal.Web.Features.Media;

/// <summary>Why there is no picture or recording to show: the closed set, each with its sentence on the page.</summary>
internal enum MediaRefusal
{
    /// <summary>Nothing was recorded then.</summary>
    None,

    /// <summary>It is being prepared, or Ring is busy.</summary>
    NotReady,

    /// <summary>The recording is broken.</summary>
    Broken,

    /// <summary>Ring does not allow it.</summary>
    Denied,

    /// <summary>It is encrypted by the owner's setting.</summary>
    Protected,

    /// <summary>Ring waits for the person to connect again.</summary>
    Relink,

    /// <summary>The camera has no active plan though it needs one.</summary>
    NoPlan,

    /// <summary>What came is not what was asked for, too large, or lies where nothing may be fetched.</summary>
    Unfit,

    /// <summary>Ring did not answer in time.</summary>
    TooSlow,
}
