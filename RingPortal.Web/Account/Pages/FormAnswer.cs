using System.Globalization;

namespace RingPortal.Web.Account.Pages;

/// <summary>The status of an answer that shows a form again.</summary>
internal static class FormAnswer
{
    /// <summary>The entries were not accepted.</summary>
    public static void Refuse(HttpContext http) => http.Response.StatusCode = StatusCodes.Status400BadRequest;

    /// <summary>Too many tries. Returns the whole seconds to wait.</summary>
    public static int Slow(HttpContext http, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return seconds;
    }
}
