using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace RingPortal.Web.Components.Theme;

internal static class ThemeEndpoints
{
    public static void MapThemeEndpoints(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/theme.{hash}.css", [HttpMethods.Get, HttpMethods.Head], Sheet)
            .AllowAnonymous().WithMetadata(new PublicAsset());
        endpoints.MapPost("/theme", Choose).AllowAnonymous();
    }

    private static ContentHttpResult Sheet(string hash, ThemeSheet sheet, HttpResponse response)
    {
        // Another release asks for another hash; it gets today's colours but must not keep them.
        response.Headers.CacheControl = hash == sheet.Hash ? PublicAsset.Forever : "no-cache";
        return TypedResults.Text(sheet.Css, "text/css; charset=utf-8");
    }

    private static Results<RedirectHttpResult, BadRequest> Choose(
        [FromForm] string theme, [FromForm] string? returnUrl, HttpContext context)
    {
        if (!ThemeCookie.IsKnown(theme))
            return TypedResults.BadRequest();

        ThemeCookie.Write(context, theme);
        return TypedResults.Redirect(RedirectHttpResult.IsLocalUrl(returnUrl) ? returnUrl! : "/");
    }
}
