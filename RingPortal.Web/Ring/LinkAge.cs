namespace RingPortal.Web.Ring;

/// <summary>How old the <c>time</c> of a link address is (contract 4.3).</summary>
public enum LinkAge
{
    /// <summary>Not a time that Ring writes, or one in the future.</summary>
    Malformed,

    /// <summary>Within the window, its last millisecond included.</summary>
    Fresh,

    /// <summary>Past the window.</summary>
    Expired,
}
