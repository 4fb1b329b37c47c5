using System.Diagnostics;
using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Arrivals;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Linking;

/// <summary>
/// App Homepage and <c>partnerConfigUrl</c> in one (contract 2.5): a small static document for machines, a page for
/// browsers, both without sign-in.
/// </summary>
internal static class ConfigEndpoint
{
    public const string Path = "/ring/config";

    public static void Map(IEndpointRouteBuilder routes, IEnumerable<string> methods) => routes.MapMethods(Path, methods, HandleAsync);

    private static IResult HandleAsync(HttpContext http, LinkPages pages, IOptions<PortalOptions> portal, ArrivalLog arrivals)
    {
        var started = Stopwatch.GetTimestamp();
        http.Response.Headers.Vary = "Accept";
        var accept = http.Request.Headers.Accept.ToString();
        var forPeople = accept.Contains("text/html", StringComparison.OrdinalIgnoreCase) || accept.Contains("application/xhtml+xml", StringComparison.OrdinalIgnoreCase);
        arrivals.Record(http, "config", forPeople ? "page" : "json", null, StatusCodes.Status200OK, started);
        return forPeople ? pages.Home() : TypedResults.Json(Document(portal.Value));
    }

    private static object Document(PortalOptions portal) => new
    {
        app = portal.AppName,
        status = "ok",
        version = "1.0",
        links = new
        {
            account_link = portal.Address(LinkEndpoints.Arrival),
            support = portal.Address("/help"),
            privacy = portal.PrivacyUrl ?? portal.Address("/privacy"),
            terms = portal.TermsUrl ?? portal.Address("/terms"),
        },
    };
}
