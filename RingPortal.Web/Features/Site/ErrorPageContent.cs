using System.Globalization;
using RingPortal.Web.Components;
using RingPortal.Web.Components.Layout;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Site;

/// <summary>Chooses words and the way out for each status.</summary>
internal static class ErrorPageContent
{
    private const int UsualWaitSeconds = 60;

    public static IResult For(HttpContext context)
    {
        var texts = context.RequestServices.GetRequiredService<Texts>();
        var here = context.Request.Path.Value ?? "/";
        return context.Response.StatusCode switch
        {
            // What is not yours looks exactly like what does not exist.
            StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound =>
                Page(texts, "sys.404", "SearchOff", StatusCodes.Status404NotFound, texts["sys.404.body"], texts["sys.home"], "/devices"),
            StatusCodes.Status429TooManyRequests =>
                Page(texts, "sys.429", "HourglassTop", StatusCodes.Status429TooManyRequests, texts.Format("sys.429.body", ("n", Wait(context))), texts["sys.again"], here),
            StatusCodes.Status503ServiceUnavailable =>
                Page(texts, "sys.503", "Update", StatusCodes.Status503ServiceUnavailable, texts["sys.503.body"], texts["sys.again"], here),
            >= StatusCodes.Status500InternalServerError => Failure(context, texts, here),
            var status => Page(texts, "sys.400", "SyncProblem", status, texts["sys.400.body"], texts["sys.home"], "/devices"),
        };
    }

    private static IResult Failure(HttpContext context, Texts texts, string here)
    {
        var reference = ErrorReference.Of(context);
        var body = texts.Format("sys.error.body", ("Ref", reference));
        return Page(texts, "sys.error", "ReportProblem", context.Response.StatusCode, body, texts["sys.error.action"], here, reference);
    }

    private static int Wait(HttpContext context) =>
        int.TryParse(context.Response.Headers.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : UsualWaitSeconds;

    private static IResult Page(
        Texts texts, string key, string icon, int status, string body, string action, string href, string? reference = null) =>
        StaticPage.Result<ErrorPage>(
            texts[$"{key}.title"],
            new Dictionary<string, object?>
            {
                [nameof(ErrorPage.Icon)] = icon,
                [nameof(ErrorPage.Title)] = texts[$"{key}.title"],
                [nameof(ErrorPage.Text)] = body,
                [nameof(ErrorPage.ActionText)] = action,
                [nameof(ErrorPage.ActionHref)] = href,
                [nameof(ErrorPage.Reference)] = reference,
            },
            status,
            typeof(LinkShell));
}
