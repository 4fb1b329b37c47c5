namespace RingPortal.Simulator.Live;

/// <summary>Who or what ended a live session.</summary>
public enum LiveEnd
{
    /// <summary>The partner's <c>DELETE</c>.</summary>
    Deleted,

    /// <summary>Its time was over.</summary>
    TimeLimit,

    /// <summary>Its device left the account or the app.</summary>
    DeviceGone,

    /// <summary>Ring ended it before its time, as <see cref="LiveSettings.EndAfter"/> says.</summary>
    EndedEarly,
}
