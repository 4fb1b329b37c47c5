using Microsoft.AspNetCore.Antiforgery;
using RingPortal.Web.Hosting;
using RingPortal.Web.Account;
using RingPortal.Web.Components;
using RingPortal.Web.Features.Linking.Pages;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Linking;

/// <summary>Step 2: after a fresh sign-in, and only then, the nonce is compared; one page names both accounts and asks.</summary>
internal static partial class LinkConsent
{
    /// <summary>The token exchange may still be running when the browser is here; so long the page looks again.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public static async Task<IResult> ShowAsync(HttpContext http, LinkVisitors visitors, LinkQueries queries, LinkPages pages, Texts texts, TimeProvider clock, CancellationToken cancellationToken)
    {
        var visit = await visitors.WhoAsync(http, cancellationToken);
        if (visit is not LinkVisit.Ready { Ticket: var ticket, Person: var person })
        {
            return Answer(visit, pages);
        }

        if (await queries.UsedByAsync(ticket, person.UserId, cancellationToken))
        {
            return SeeOther.To(LinkEndpoints.Done);
        }

        if (await queries.ConsentAsync(ticket, person, cancellationToken) is { } consent)
        {
            return Consent(consent, texts, StatusCodes.Status200OK);
        }

        return clock.GetUtcNow() - person.AuthenticatedAt < s_patience ? Looking(http, texts) : pages.NoMatch();
    }

    public static async Task<IResult> ConnectAsync(
        HttpContext http, LinkVisitors visitors, LinkQueries queries, LinkClaim claim, LinkWake wake, LinkPages pages, LinkLimits limits, Texts texts, IAntiforgery antiforgery, ILogger<LinkClaim> logger, CancellationToken cancellationToken)
    {
        var visit = await visitors.WhoAsync(http, cancellationToken);
        if (visit is not LinkVisit.Ready { Ticket: var ticket, Person: var person })
        {
            return Answer(visit, pages);
        }

        if (limits.Consent(person.UserId) is { } wait)
        {
            return pages.TooFast(http, wait);
        }

        if (!await antiforgery.IsRequestValidAsync(http))
        {
            var again = await queries.ConsentAsync(ticket, person, cancellationToken);
            return again is null ? pages.NoMatch() : Consent(again, texts, StatusCodes.Status400BadRequest);
        }

        try
        {
            return await ClaimAsync(claim, wake, pages, ticket, person, cancellationToken);
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            Log.NotClaimed(logger, exception);
            return pages.Updating();
        }
    }

    public static async Task<IResult> RefuseAsync(HttpContext http, LinkCookie cookie, LinkPages pages, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return SeeOther.To(LinkEndpoints.Confirm);
        }

        cookie.Delete(http);
        return pages.NotMe();
    }

    private static async Task<IResult> ClaimAsync(LinkClaim claim, LinkWake wake, LinkPages pages, LinkTicket ticket, FreshSignIn person, CancellationToken cancellationToken)
    {
        switch (await claim.ClaimAsync(ticket, person.UserId, cancellationToken))
        {
            case ClaimOutcome.Claimed claimed:
                wake.Wake(claimed.RingTokenId);
                return SeeOther.To(LinkEndpoints.Done);
            case ClaimOutcome.Elsewhere:
                return pages.Elsewhere();
            default:
                return pages.NoMatch();
        }
    }

    private static IResult Answer(LinkVisit visit, LinkPages pages) => visit switch
    {
        LinkVisit.NoTicket => pages.Lost(),
        LinkVisit.Staff => pages.Staff(),
        _ => SeeOther.To(LinkEndpoints.Continue),
    };

    private static IResult Consent(ConsentView consent, Texts texts, int status) =>
        StaticPage.Result<LinkConfirmPage>(
            texts["link.check.title"], new Dictionary<string, object?> { [nameof(LinkConfirmPage.Consent)] = consent }, status);

    private static IResult Looking(HttpContext http, Texts texts)
    {
        http.Response.Headers["Refresh"] = "1";
        return StaticPage.Result<LinkLookingPage>(texts["link.looking"], status: StatusCodes.Status202Accepted);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A consent could not be stored; nothing is claimed")]
        public static partial void NotClaimed(ILogger logger, Exception exception);
    }
}
