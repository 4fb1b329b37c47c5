using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Media;

/// <summary>A refusal, and when to ask again where that may help.</summary>
internal sealed record MediaNo(MediaRefusal Refusal, TimeSpan? RetryAfter = null);

/// <summary>What Ring's answers mean for pictures and recordings (contract 9, reliability 4.4).</summary>
internal static class MediaFailures
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_later = TimeSpan.FromSeconds(10);

    /// <summary>The refusal that stands for a failure.</summary>
    public static MediaNo Of(RingFailure failure) => failure switch
    {
        RingFailure.NotFound or RingFailure.Refused { Status: 416 } => new(MediaRefusal.None),
        RingFailure.Refused { Status: 422 } => new(MediaRefusal.Broken),
        RingFailure.Refused { Status: 425 } or RingFailure.Unavailable { Status: 503 } => new(MediaRefusal.NotReady, s_soon),
        RingFailure.Forbidden => new(MediaRefusal.Denied),
        RingFailure.Unauthorized => new(MediaRefusal.Relink),
        RingFailure.RateLimited limited => new(MediaRefusal.NotReady, limited.RetryAfter),
        // Not reached, or not asked because Ring is down.
        RingFailure.Unavailable { Status: null } => new(MediaRefusal.NotReady, s_later),
        RingFailure.OutcomeUnknown or RingFailure.Unavailable { Status: 408 or 504 } => new(MediaRefusal.TooSlow),
        _ => new(MediaRefusal.Unfit),
    };

    /// <summary>Status and word of an answer to the page's script.</summary>
    public static (int Status, string Error) Answer(MediaRefusal refusal) => refusal switch
    {
        MediaRefusal.None => (StatusCodes.Status404NotFound, "no_recording"),
        MediaRefusal.NotReady => (StatusCodes.Status503ServiceUnavailable, "not_ready"),
        MediaRefusal.Broken => (StatusCodes.Status422UnprocessableEntity, "corrupt"),
        MediaRefusal.Protected => (StatusCodes.Status422UnprocessableEntity, "protected"),
        MediaRefusal.Denied => (StatusCodes.Status403Forbidden, "scope"),
        MediaRefusal.NoPlan => (StatusCodes.Status403Forbidden, "plan"),
        MediaRefusal.Relink => (StatusCodes.Status409Conflict, "relink_required"),
        MediaRefusal.TooSlow => (StatusCodes.Status504GatewayTimeout, "too_slow"),
        _ => (StatusCodes.Status502BadGateway, "unfit"),
    };
}
