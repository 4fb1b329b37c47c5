using System.Text;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.WebRtc;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Live;

/// <summary>Live video: <c>POST</c> of an offer opens a session, <c>DELETE</c> of its address ends it (contract 8.2-8.6).</summary>
internal static class LiveEndpoints
{
    private const string Sdp = "application/sdp", Component = "component_id", Sessions = "/v1/devices/{id}/media/streaming/whep/sessions";

    public static void MapLive(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Sessions, CreateAsync).WithMetadata(new WireOperation(RingOperation.LiveSessionCreate, Bearer: true, Component));
        routes.MapDelete($"{Sessions}/{{session}}", Delete).WithMetadata(new WireOperation(RingOperation.LiveSessionDelete, Bearer: true));
    }

    private static async Task<IResult> CreateAsync(string id, HttpContext context, LiveSessions sessions, LiveDesk desk, RingSettings settings)
    {
        context.Notes().Summary = $"live session of {id}";
        if (context.Request.ContentType?.Split(';')[0].Trim().Equals(Sdp, StringComparison.OrdinalIgnoreCase) != true)
            return context.Refuse(StatusCodes.Status415UnsupportedMediaType, "Unsupported Media Type", $"The body must be {Sdp}.", loud: true);

        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        if (context.Notes().Caller is not { DevicesAllowed: true } caller)
            return context.Refuse(StatusCodes.Status403Forbidden, "Out of Scope Access", "Device consents are not active before the account is linked.");

        if (sessions.Find(caller.AccountKey, id) is not { } device || !HasComponent(device, context.Request.Query[Component]))
            return context.Refuse(StatusCodes.Status404NotFound, "Not Found", "No such device for this account");

        if (!device.Online)
            return context.Refuse(StatusCodes.Status503ServiceUnavailable, "Service Unavailable", "The device is offline.");

        return Read(text, out var problem) is not { } offer
            ? context.Refuse(StatusCodes.Status400BadRequest, "Bad Request", problem, loud: true)
            : await AnswerAsync(context, desk, settings.Live, device, offer);
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, LiveDesk desk, LiveSettings live, RingDevice device, SdpOffer offer)
    {
        var status = live.AnswerStatus ?? StatusCodes.Status201Created;
        if (status >= 300)
        {
            await Task.Delay(live.AnswerDelay, context.RequestAborted);
            return live.AnswerBody is { } body ? new SdpResult(body, status) : context.Refuse(status, "Planned fault", "This answer was asked for in the simulator.");
        }

        var cloud = new Uri($"{context.Request.Scheme}://{context.Request.Host}");
        var (session, answer) = desk.Open(context.Notes().Caller!.AccountKey, device, cloud, offer);
        await Task.Delay(live.AnswerDelay, context.RequestAborted);
        if (desk.Location(session, cloud) is { } location)
            context.Response.Headers.Location = location;

        context.Notes().Summary = $"live session of {device.Name}";
        return new SdpResult(live.AnswerBody ?? answer, status);
    }

    private static bool HasComponent(RingDevice device, string? wanted) => string.IsNullOrEmpty(wanted) || device.Components.Contains(wanted);

    private static SdpOffer? Read(string text, out string problem)
    {
        try
        {
            problem = "";
            return SdpOffer.Parse(text);
        }
        catch (FormatException wrong)
        {
            problem = wrong.Message;
            return null;
        }
    }

    private static IResult Delete(string id, string session, HttpContext context, LiveSessions sessions)
    {
        context.Notes().Summary = $"live session of {id}";
        return sessions.Close(context.Notes().Caller!.AccountKey, id, session)
            ? TypedResults.NoContent()
            : context.Refuse(StatusCodes.Status404NotFound, "Not Found", "No such session.");
    }

    /// <summary>SDP as Ring writes it, without a charset.</summary>
    private sealed class SdpResult(string body, int status) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = Sdp;
            if (status != StatusCodes.Status204NoContent)
                await httpContext.Response.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
