using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace RingPortal.Web.Features.LiveView;

/// <summary>Every answer other than success: a status, and in <c>code</c> one word for the page's script. Nothing of Ring's.</summary>
internal static class LiveProblems
{
    public static ProblemHttpResult Of(int status, string code, string? detail = null) => Of(status, code, detail, []);

    public static ProblemHttpResult Of(HttpContext http, LiveAnswer answer) => answer switch
    {
        LiveAnswer.Busy busy => Of(StatusCodes.Status409Conflict, "busy", null, [new("takeOver", busy.Own)]),
        LiveAnswer.Two two => Of(StatusCodes.Status429TooManyRequests, "two", null, [new("other", two.OldestId), new("otherName", two.Oldest)]),
        LiveAnswer.Trouble trouble => Of(http, trouble),
        _ => Of(StatusCodes.Status404NotFound, "not_found"),
    };

    private static ProblemHttpResult Of(HttpContext http, LiveAnswer.Trouble trouble)
    {
        if (trouble.RetryAfter is { } pause)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return trouble.Why switch
        {
            LiveTrouble.Offline => Of(StatusCodes.Status503ServiceUnavailable, "device_offline"),
            LiveTrouble.RingAway => Of(StatusCodes.Status503ServiceUnavailable, "ring_away"),
            LiveTrouble.Crowded => Of(StatusCodes.Status503ServiceUnavailable, "crowded"),
            LiveTrouble.RingSilent => Of(StatusCodes.Status504GatewayTimeout, "ring_silent"),
            LiveTrouble.BadAnswer => Of(StatusCodes.Status502BadGateway, "bad_answer"),
            LiveTrouble.Relink => Of(StatusCodes.Status409Conflict, "relink_required"),
            LiveTrouble.Scope => Of(StatusCodes.Status403Forbidden, "scope"),
            LiveTrouble.Plan => Of(StatusCodes.Status403Forbidden, "plan"),
            _ => Of(StatusCodes.Status409Conflict, "ended"),
        };
    }

    private static ProblemHttpResult Of(int status, string code, string? detail, IEnumerable<KeyValuePair<string, object?>> more) =>
        TypedResults.Problem(detail: detail, statusCode: status, extensions: [new("code", code), .. more]);
}
