using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Options;
using RingPortal.Web.Account;
using RingPortal.Web.Account.SecondStep;

namespace RingPortal.Web.Features.Linking;

/// <summary>
/// Step 1: sign in or sign up. Whoever arrives with a session from before proves again who they are; only a sign-in
/// that is newer than the arrival counts (reliability X2).
/// </summary>
internal static class LinkSignIn
{
    public static IResult ShowAsync(HttpContext http, LinkCookie cookie, LinkPages pages, LinkSignInForms forms, IOptions<LinkingOptions> options, TimeProvider clock) =>
        cookie.Read(http) is not { } ticket ? pages.Lost()
        : clock.GetUtcNow() > ticket.Deadline(options.Value.Window) ? pages.Expired()
        : forms.Show(http, ticket, new LinkSignInForm());

    public static Task<IResult> SignInAsync(
        HttpContext http, LinkCookie cookie, LinkPages pages, LinkSignInForms forms, SignIns signIns, IAntiforgery antiforgery, CancellationToken cancellationToken) =>
        PostedAsync(http, cookie, pages, forms, antiforgery, async (ticket, form) =>
        {
            var email = form["email"].ToString();
            return await signIns.PasswordAsync(http, email, form["password"].ToString(), cancellationToken) switch
            {
                SignInOutcome.SignedIn => SeeOther.To(LinkEndpoints.Confirm),
                SignInOutcome.SecondStep => SeeOther.To(SecondStepAddress.For(LinkEndpoints.Confirm)),
                SignInOutcome.TooMany tooMany => pages.TooFast(http, tooMany.RetryAfter),
                _ => forms.WrongSignIn(http, ticket, email),
            };
        });

    public static Task<IResult> SignUpAsync(
        HttpContext http, LinkCookie cookie, LinkPages pages, LinkSignInForms forms, SignIns signIns, IAntiforgery antiforgery, CancellationToken cancellationToken) =>
        PostedAsync(http, cookie, pages, forms, antiforgery, async (ticket, form) =>
        {
            var email = form["email"].ToString();
            var outcome = await signIns.SignUpAsync(http, email, form["password"].ToString(), form["timeZone"].ToString(), cancellationToken);
            return outcome switch
            {
                SignUpOutcome.Created => SeeOther.To(LinkEndpoints.Confirm),
                SignUpOutcome.TooMany tooMany => pages.TooFast(http, tooMany.RetryAfter),
                _ => forms.WrongSignUp(http, ticket, email, outcome),
            };
        });

    /// <summary>A form of step 1 counts with the request from Ring in its cookie and the form's own token; the window may be over.</summary>
    private static async Task<IResult> PostedAsync(
        HttpContext http, LinkCookie cookie, LinkPages pages, LinkSignInForms forms, IAntiforgery antiforgery, Func<LinkTicket, IFormCollection, Task<IResult>> handle)
    {
        if (cookie.Read(http) is not { } ticket)
        {
            return pages.Lost();
        }

        return await antiforgery.IsRequestValidAsync(http)
            ? await handle(ticket, await http.Request.ReadFormAsync(http.RequestAborted))
            : forms.Show(http, ticket, new LinkSignInForm(), StatusCodes.Status400BadRequest);
    }
}
