using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using RingPortal.Data.Tokens;
using RingPortal.Web.Account;
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

    private static async Task<IResult> HandleAsync(
        HttpContext http, LinkPages pages, SignIns signIns, RingAccountQueries accounts, IOptions<PortalOptions> portal, ArrivalLog arrivals, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        http.Response.Headers.Vary = "Accept";
        var accept = http.Request.Headers.Accept.ToString();
        var forPeople = accept.Contains("text/html", StringComparison.OrdinalIgnoreCase) || accept.Contains("application/xhtml+xml", StringComparison.OrdinalIgnoreCase);
        arrivals.Record(http, "config", forPeople ? "page" : "json", null, StatusCodes.Status200OK, started);
        if (!forPeople)
        {
            return Document(portal.Value);
        }

        var person = await signIns.CurrentAsync(http, cancellationToken);
        var own = person is null ? [] : await accounts.OfAsync(person.UserId, cancellationToken);
        return pages.Home(own.Any(account => account.State is RingTokenState.Active));
    }

    private static JsonHttpResult<object> Document(PortalOptions portal) => TypedResults.Json<object>(new
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
    });
}
