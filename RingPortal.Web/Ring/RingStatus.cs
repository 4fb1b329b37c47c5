using System.Net.Http.Headers;
using RingPortal.Web.Ring.Wire;

namespace RingPortal.Web.Ring;

/// <summary>What Ring's statuses mean (contract 7.2, 7.3).</summary>
internal static class RingStatus
{
    private static readonly TimeSpan s_shortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(5);

    /// <summary>Null for 2xx. A redirect is a failure: JSON endpoints have none, and following one would carry a token away.</summary>
    public static RingFailure? Failure(int status, ReadOnlyMemory<byte> body, TimeSpan retryAfter) => status switch
    {
        >= 200 and <= 299 => null,
        401 => new RingFailure.Unauthorized(),
        403 => new RingFailure.Forbidden(ErrorDocument.Title(body)),
        404 => new RingFailure.NotFound(),
        408 => new RingFailure.Unavailable(status),
        429 => new RingFailure.RateLimited(retryAfter),
        >= 400 and <= 499 => new RingFailure.Refused(status, ErrorDocument.Title(body)),
        >= 500 => new RingFailure.Unavailable(status),
        _ => new RingFailure.Unreadable(status),
    };

    /// <summary><c>Retry-After</c> as seconds or a date, at least a second and at most five minutes.</summary>
    public static TimeSpan RetryAfter(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        var asked = header?.Delta ?? (header?.Date - now) ?? s_shortestPause;
        return asked < s_shortestPause ? s_shortestPause : asked > s_longestPause ? s_longestPause : asked;
    }
}
