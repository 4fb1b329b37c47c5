namespace RingPortal.Web.Ring;

/// <summary>
/// Why Ring did not do what we asked: the closed set of failures to be expected (contract 7.2). Texts from Ring are
/// never shown to people.
/// </summary>
public abstract record RingFailure
{
    private RingFailure()
    {
    }

    /// <summary>Ring understood and said no; the same request will not succeed.</summary>
    /// <param name="Status">HTTP status, 400 to 499.</param>
    /// <param name="Title">Ring's word for it: <c>title</c> or <c>code</c> of the first error, or OAuth's <c>error</c>.</param>
    public sealed record Refused(int Status, string? Title) : RingFailure
    {
        /// <summary>The nonce is wrong, expired or used (contract 3.4).</summary>
        public bool IsInvalidNonce => Is("Invalid Nonce");

        /// <summary>The link already has the status asked for, or cannot get it (contract 3.5).</summary>
        public bool IsInvalidTransition => Is("Invalid Status Transition");

        /// <summary>Our own credentials are refused, which says nothing about the token.</summary>
        public bool IsAboutOurCredentials => Is("invalid_client") || Is("unauthorized_client");

        private bool Is(string title) => string.Equals(Title, title, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The access token is missing, expired or revoked: 401, and 403 from <c>users/me</c>.</summary>
    public sealed record Unauthorized : RingFailure;

    /// <summary>403: the token is fine, the permission is missing.</summary>
    /// <param name="Title">Ring's word for it.</param>
    public sealed record Forbidden(string? Title) : RingFailure;

    /// <summary>404: unknown, removed or not shared.</summary>
    public sealed record NotFound : RingFailure;

    /// <summary>Too many calls: Ring said 429, or our own shared budget is used up.</summary>
    /// <param name="RetryAfter">How long nobody should ask.</param>
    public sealed record RateLimited(TimeSpan RetryAfter) : RingFailure;

    /// <summary>Nothing happened at Ring as far as one can tell: not reached, 5xx, or not asked because it is down.</summary>
    /// <param name="Status">The 5xx status; null without an answer.</param>
    public sealed record Unavailable(int? Status) : RingFailure;

    /// <summary>Ring cannot reach the camera (contract 8.2).</summary>
    public sealed record DeviceOffline : RingFailure;

    /// <summary>The request was sent and no answer came: it may have had its effect.</summary>
    public sealed record OutcomeUnknown : RingFailure;

    /// <summary>An answer that the contract does not know: a redirect, no JSON, a required member missing, too large.</summary>
    /// <param name="Status">HTTP status.</param>
    public sealed record Unreadable(int Status) : RingFailure;
}
