namespace RingPortal.Web.Features.Tokens;

/// <summary>How an attempt to have newer tokens ended, whoever made it.</summary>
internal enum RefreshOutcome
{
    /// <summary>The row holds other tokens than before, or none any more: read it again.</summary>
    Moved,

    /// <summary>Ring refused; only the person can help.</summary>
    Refused,

    /// <summary>Not now.</summary>
    Unavailable,
}
