using Microsoft.Extensions.Options;
using RingPortal.Web.Components;
using RingPortal.Web.Components.Layout;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Site;

/// <summary>The public pages. Endpoints instead of routed pages, because those answer HEAD with 405.</summary>
internal static class SiteEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] Privacy = ["keep", "why", "ring", "long", "who", "cookies", "rights"];
    private static readonly string[] Terms = ["what", "account", "cameras", "limits", "end", "ring"];

    /// <summary><c>/</c>, <c>/help</c>, <c>/privacy</c>, <c>/terms</c>.</summary>
    public static IEndpointRouteBuilder MapSite(this IEndpointRouteBuilder endpoints)
    {
        var site = endpoints.MapGroup("").AllowAnonymous();
        site.MapMethods("/", Reading, Landing);
        site.MapMethods("/help", Reading, Help);
        site.MapMethods("/privacy", Reading, (IOptions<PortalOptions> portal, Texts texts) =>
            Text("privacy", Privacy, portal.Value.PrivacyUrl?.ToString(), texts));
        site.MapMethods("/terms", Reading, (IOptions<PortalOptions> portal, Texts texts) =>
            Text("terms", Terms, portal.Value.TermsUrl?.ToString(), texts));
        return endpoints;
    }

    private static IResult Landing(HttpContext context, Texts texts) =>
        context.User.Identity is { IsAuthenticated: true }
            ? TypedResults.LocalRedirect("/devices")
            : StaticPage.Result<LandingPage>(texts["home.title"], layout: typeof(ConsumerShell));

    private static IResult Help(Texts texts) =>
        StaticPage.Result<HelpPage>(texts["help.title"], layout: typeof(ConsumerShell));

    private static IResult Text(string name, string[] sections, string? elsewhere, Texts texts) =>
        elsewhere is not null
            ? TypedResults.Redirect(elsewhere)
            : StaticPage.Result<TextPage>(
                texts[$"{name}.title"],
                new Dictionary<string, object?> { [nameof(TextPage.Name)] = name, [nameof(TextPage.Sections)] = sections },
                layout: typeof(ConsumerShell));
}
