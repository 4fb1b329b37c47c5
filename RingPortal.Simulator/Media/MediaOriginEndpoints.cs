using RingPortal.Simulator.Ledger;

namespace RingPortal.Simulator.Media;

/// <summary>The second host: a link opens its file, once, and only for those who bring no credentials (contract 9.3).</summary>
internal static class MediaOriginEndpoints
{
    public const string Image = "/download/image", Clip = "/download/clip";

    private static readonly string[] ForClips = [HttpMethods.Get, HttpMethods.Post];

    public static void MapMediaOrigin(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Image, Fetch).WithMetadata(new OnMediaOrigin(), new WireOperation(RingOperation.ImageFetch, Bearer: false, MediaLinks.Secret, MediaLinks.Expires));
        routes.MapMethods(Clip, ForClips, Fetch).WithMetadata(new OnMediaOrigin(), new WireOperation(RingOperation.ClipFetch, Bearer: false, MediaLinks.Secret, MediaLinks.Expires));
    }

    private static IResult Fetch(HttpContext context, MediaTickets tickets)
    {
        if (context.Request.Headers.Authorization.Count > 0 || context.Request.Headers.Cookie.Count > 0)
            return context.RefuseMedia(StatusCodes.Status400BadRequest, "Only one way to authenticate is allowed; the link is one.", loud: true);

        if (tickets.Take(context.Request.Query[MediaLinks.Secret].ToString()) is not { } ticket || (ticket.Image is not null) != (context.Notes().Operation == RingOperation.ImageFetch))
            return context.RefuseMedia(StatusCodes.Status403Forbidden, "The link is unknown, used up or too old.");

        context.Notes().Account = ticket.AccountKey;
        context.Response.Headers["X-Request-ID"] = ticket.RequestId;
        if (ticket.HopsLeft > 0)
            return MediaLinks.Redirect(context, ticket with { HopsLeft = ticket.HopsLeft - 1 }, StatusCodes.Status302Found);

        return ticket.Image is not null ? MediaFiles.Image(context, ticket) : MediaFiles.Clip(context, ticket);
    }
}
