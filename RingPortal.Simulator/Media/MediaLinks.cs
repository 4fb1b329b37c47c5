using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;

namespace RingPortal.Simulator.Media;

/// <summary>Sends a caller on to where its file is.</summary>
internal static class MediaLinks
{
    /// <summary>The parameters of a link, named as those of large stores.</summary>
    public const string Secret = "X-Amz-Signature", Expires = "X-Amz-Expires";

    /// <summary>A redirected clip that stays at the cloud.</summary>
    public const string Again = "ticket";

    public static IResult Redirect(HttpContext context, MediaTicket ticket, int status)
    {
        var services = context.RequestServices;
        var (origin, settings) = (services.GetRequiredService<MediaOrigin>(), services.GetRequiredService<RingSettings>().Media);
        var secret = services.GetRequiredService<MediaTickets>().Give(ticket);
        var (cloud, media) = ($"{context.Request.Scheme}://{context.Request.Host}", origin.For(context.Request).GetLeftPart(UriPartial.Authority));
        var query = $"{Expires}={settings.LinkSeconds}&{Secret}={secret}";
        context.Response.Headers.Location = settings switch
        {
            { RawLocation: { } raw } when ticket.HopsLeft == 0 => raw
                .Replace("{media}", media, StringComparison.Ordinal)
                .Replace("{cloud}", cloud, StringComparison.Ordinal)
                .Replace("{ticket}", query, StringComparison.Ordinal)
                .Replace("{device}", ticket.DeviceId, StringComparison.Ordinal),
            { RedirectSameHost: true } when ticket.Clip is not null => $"{cloud}{context.Request.Path}?{Again}={secret}",
            _ => $"{media}{(ticket.Image is not null ? MediaOriginEndpoints.Image : MediaOriginEndpoints.Clip)}?{query}",
        };
        context.Notes().Summary += $", sent on with {status}";
        return TypedResults.StatusCode(status);
    }
}
