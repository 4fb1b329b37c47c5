using System.Diagnostics;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using RingPortal.Web.Features.Arrivals;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Linking;

/// <summary>
/// A browser that Ring sent: syntax and age only, no database, no HMAC. What came goes into a sealed cookie and the
/// browser to an address that tells nothing.
/// </summary>
internal static class LinkArrival
{
    public static Task<IResult> HandleAsync(
        HttpContext http, LinkCookie cookie, LinkLimits limits, LinkPages pages, ArrivalLog arrivals, IOptions<LinkingOptions> options, TimeProvider clock)
    {
        var started = Stopwatch.GetTimestamp();
        var (answer, verdict, status) = Decide(http, cookie, limits, pages, options.Value, clock.GetUtcNow());
        arrivals.Record(http, "link", verdict, null, status, started);
        return Task.FromResult(answer);
    }

    private static (IResult Answer, string Verdict, int Status) Decide(
        HttpContext http, LinkCookie cookie, LinkLimits limits, LinkPages pages, LinkingOptions options, DateTimeOffset now)
    {
        if (limits.Arrival(http) is { } wait)
        {
            return (pages.TooFast(http, wait), "too_many", StatusCodes.Status429TooManyRequests);
        }

        var (nonces, times) = (http.Request.Query["nonce"], http.Request.Query["time"]);
        if (nonces.Count == 0 && times.Count == 0)
        {
            return (pages.Bare(), "bare", StatusCodes.Status200OK);
        }

        var age = Single(nonces) is { } nonce && RingLinkParameters.IsWellFormedNonce(nonce)
            ? LinkFreshness.Judge(Single(times), now, options.Window, options.Skew)
            : LinkAge.Malformed;
        if (age is not LinkAge.Fresh)
        {
            return age is LinkAge.Expired
                ? (pages.Expired(), "expired", StatusCodes.Status400BadRequest)
                : (pages.Broken(), "malformed", StatusCodes.Status400BadRequest);
        }

        if (HttpMethods.IsHead(http.Request.Method))
        {
            return (SeeOther.To(LinkEndpoints.Continue), "head", StatusCodes.Status303SeeOther);
        }

        cookie.Write(http, new LinkTicket(nonces[0]!, times[0]!, now));
        return (SeeOther.To(LinkEndpoints.Continue), "accepted", StatusCodes.Status303SeeOther);
    }

    private static string? Single(StringValues values) => values.Count == 1 ? values[0] : null;
}
