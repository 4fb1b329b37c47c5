using System.Text.Json;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.State;

namespace RingPortal.Simulator.Media;

/// <summary>The two downloads at the cloud (contract 9): a picture is a link to the media host, a clip the file itself or a link.</summary>
internal static class MediaEndpoints
{
    public static void MapMedia(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/devices/{id}/media/image/download", ImageAsync).WithMetadata(new WireOperation(RingOperation.ImageDownload, Bearer: true));
        routes.MapPost("/v1/devices/{id}/media/video/download", ClipAsync).WithMetadata(new WireOperation(RingOperation.ClipDownload, Bearer: true, MediaLinks.Again));
    }

    private static Task<IResult> ImageAsync(string id, HttpContext context, RingSettings settings, SimulatorClock clock) => AnswerAsync(
        id,
        context,
        settings,
        (body, ticket) => ticket with { Image = ImageRequest.Parse(body, clock.GetUtcNow().ToUnixTimeMilliseconds()) },
        ticket => MediaLinks.Redirect(context, ticket, settings.Media.RedirectStatus ?? StatusCodes.Status303SeeOther));

    private static Task<IResult> ClipAsync(string id, HttpContext context, RingSettings settings, SimulatorClock clock, MediaTickets tickets)
    {
        if (context.Request.Query[MediaLinks.Again].ToString() is { Length: > 0 } again)
        {
            return Task.FromResult(tickets.Take(again) is { Clip: not null } known && known.DeviceId == id && known.AccountKey == context.Notes().Caller!.AccountKey
                ? MediaFiles.Clip(context, known)
                : context.RefuseMedia(StatusCodes.Status403Forbidden, "The link is unknown, used up or too old.", loud: true));
        }

        return AnswerAsync(
            id,
            context,
            settings,
            (body, ticket) => ticket with { Clip = ClipRequest.Parse(body, clock.GetUtcNow().ToUnixTimeMilliseconds()) },
            ticket => settings.Media.RedirectStatus is { } status ? MediaLinks.Redirect(context, ticket, status) : MediaFiles.Clip(context, ticket));
    }

    private static async Task<IResult> AnswerAsync(
        string id, HttpContext context, RingSettings settings, Func<JsonElement, MediaTicket, MediaTicket> read, Func<MediaTicket, IResult> answer)
    {
        if (!context.Request.HasJsonContentType())
            return context.RefuseMedia(StatusCodes.Status415UnsupportedMediaType, "The body must be application/json.", loud: true);

        if (context.Notes().Caller is not { DevicesAllowed: true } caller)
            return context.RefuseMedia(StatusCodes.Status403Forbidden, "Device consents are not active before the account is linked.");

        var (store, clock) = (context.RequestServices.GetRequiredService<RingStore>(), context.RequestServices.GetRequiredService<SimulatorClock>());
        if (store.Read(state => state.Accounts[caller.AccountKey].Visible.FirstOrDefault(one => one.Id == id)) is not { } device)
            return context.RefuseMedia(StatusCodes.Status404NotFound, "No such device for this account");

        context.Notes().Summary = device.Name;
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            var since = settings.ConsentOf(caller);
            var fresh = new MediaTicket(
                caller.AccountKey, id, context.Response.Headers["X-Request-ID"].ToString(), since, clock.GetUtcNow().AddSeconds(settings.Media.LinkSeconds), settings.Media.RedirectHops);
            var ticket = read(body.RootElement, fresh);
            return (ticket.Image?.Begin ?? ticket.Clip!.At) < since
                ? context.RefuseMedia(StatusCodes.Status403Forbidden, "The time is before the user's consent.", MediaErrors.Consent)
                : answer(ticket);
        }
        catch (JsonException wrong)
        {
            return context.RefuseMedia(StatusCodes.Status400BadRequest, wrong.Message, loud: true);
        }
        catch (PayloadException wrong)
        {
            return context.RefuseMedia(StatusCodes.Status400BadRequest, wrong.Message, pointer: wrong.Pointer, loud: true);
        }
    }
}
