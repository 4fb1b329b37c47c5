using RingPortal.Web.Account;

namespace RingPortal.Web.Features.Linking;

/// <summary>Who stands before the consent page.</summary>
internal abstract record LinkVisit
{
    /// <summary>No request from Ring in this browser.</summary>
    public sealed record NoTicket : LinkVisit;

    /// <summary>Not signed in since the arrival.</summary>
    public sealed record NotFresh : LinkVisit;

    /// <summary>Staff neither link nor see cameras.</summary>
    public sealed record Staff : LinkVisit;

    /// <summary>Arrived and freshly signed in.</summary>
    public sealed record Ready(LinkTicket Ticket, FreshSignIn Person) : LinkVisit;
}

/// <summary>Finds out who stands before the consent page: the request from Ring, and a sign-in that is newer than it.</summary>
internal sealed class LinkVisitors(LinkCookie cookie, SignIns signIns)
{
    public async Task<LinkVisit> WhoAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (cookie.Read(http) is not { } ticket)
        {
            return new LinkVisit.NoTicket();
        }

        // The cookie of the session keeps whole milliseconds.
        var arrived = DateTimeOffset.FromUnixTimeMilliseconds(ticket.ArrivedAt.ToUnixTimeMilliseconds());
        return await signIns.CurrentAsync(http, cancellationToken) switch
        {
            null => new LinkVisit.NotFresh(),
            { } person when person.AuthenticatedAt < arrived => new LinkVisit.NotFresh(),
            { IsStaff: true } => new LinkVisit.Staff(),
            { } person => new LinkVisit.Ready(ticket, person),
        };
    }
}
