using Microsoft.Extensions.Options;
using RingPortal.Web.Account;
using RingPortal.Web.Account.Pages;
using RingPortal.Web.Components;
using RingPortal.Web.Features.Linking.Pages;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Linking;

/// <summary>What stands in the two forms of step 1 after an attempt.</summary>
public sealed record LinkSignInForm
{
    public string? SignInEmail { get; init; }

    public string? SignUpEmail { get; init; }

    public FieldError? SignInError { get; init; }

    public FieldError? SignUpError { get; init; }
}

/// <summary>Shows step 1 with what went wrong before.</summary>
internal sealed class LinkSignInForms(Texts texts, KnownEmail known, IOptions<LinkingOptions> options)
{
    public IResult Show(HttpContext http, LinkTicket ticket, LinkSignInForm form, int status = StatusCodes.Status200OK) =>
        StaticPage.Result<LinkContinuePage>(
            texts["link.why.title"],
            new Dictionary<string, object?>
            {
                [nameof(LinkContinuePage.Form)] = form,
                [nameof(LinkContinuePage.KnownEmail)] = known.Read(http),
                [nameof(LinkContinuePage.HasOldSession)] = http.User.Identity?.IsAuthenticated is true,
                [nameof(LinkContinuePage.Deadline)] = ticket.Deadline(options.Value.Window),
            },
            status);

    public IResult WrongSignIn(HttpContext http, LinkTicket ticket, string email) => Show(
        http, ticket, new LinkSignInForm { SignInEmail = email, SignInError = new FieldError("in-email", texts["auth.wrong"]) }, StatusCodes.Status400BadRequest);

    public IResult WrongSignUp(HttpContext http, LinkTicket ticket, string email, SignUpOutcome outcome)
    {
        // The page has two forms, so its fields have ids of their own.
        var error = SignUpErrors.For(outcome, texts);
        return Show(http, ticket, new LinkSignInForm { SignUpEmail = email, SignUpError = error with { FieldId = $"up-{error.FieldId}" } }, StatusCodes.Status400BadRequest);
    }
}
