using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using RingPortal.Web.Features.LiveView;

namespace RingPortal.Web.Account;

/// <summary>The addresses of the account that are acts and not pages.</summary>
internal static class AccountEndpoints
{
    public const string Logout = "/Account/Logout";
    public const string SendAgain = "/Account/ResendConfirmation";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Logout, LogoutAsync).AllowAnonymous();
        routes.MapPost(SendAgain, SendAgainAsync).RequireAuthorization().AddEndpointFilter<FormGuard>();
    }

    // Somebody whose session has run out wants exactly this outcome: no form check can be asked of them.
    private static async Task<Results<RedirectHttpResult, BadRequest>> LogoutAsync(HttpContext http, SignIns signIns, LiveViewEnds live, IAntiforgery antiforgery, CancellationToken cancellationToken)
    {
        if (await signIns.CurrentAsync(http, cancellationToken) is { } person)
        {
            if (!await antiforgery.IsRequestValidAsync(http))
            {
                return TypedResults.BadRequest();
            }

            await signIns.EndAsync(http, cancellationToken);
            await live.EndForPersonAsync(person.UserId, cancellationToken);
        }

        return TypedResults.LocalRedirect("/Account/Login?signedOut=true");
    }

    private static async Task<RedirectHttpResult> SendAgainAsync(HttpContext http, SignIns signIns, EmailConfirmation confirmation, CancellationToken cancellationToken)
    {
        var person = await signIns.CurrentAsync(http, cancellationToken);
        var wait = person is null ? null : await confirmation.SendAgainAsync(person.UserId, cancellationToken);
        return TypedResults.LocalRedirect(wait is null ? "/Account?notice=sent" : "/Account?notice=wait");
    }
}
