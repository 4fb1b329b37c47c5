using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using RingPortal.Web.Account.Staff;

namespace RingPortal.Web.Account.Sessions;

/// <summary>What somebody gets who may not be here: people the sign-in page, scripts a bare status.</summary>
internal static class SessionAnswers
{
    private static readonly PathString[] ForScripts = ["/api", "/media", "/_blazor"];

    public static Task ToSignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (IsForScripts(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }

    /// <summary>What is not yours looks exactly like what does not exist. Staff is led to the factor that is missing, and back.</summary>
    public static Task DeniedAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (StaffWay.To(context.HttpContext) is { } way)
        {
            context.Response.Redirect(way);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }

        return Task.CompletedTask;
    }

    private static bool IsForScripts(HttpRequest request) => ForScripts.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
}
