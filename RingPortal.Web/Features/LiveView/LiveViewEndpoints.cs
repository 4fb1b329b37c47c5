using System.Globalization;
using System.Security.Claims;
using Microsoft.Net.Http.Headers;
using RingPortal.Web.Account;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.LiveView;

/// <summary>What a page's script asks of us around a live view: begin, still there, end (reliability 4.4).</summary>
internal static class LiveViewEndpoints
{
    private const string Sdp = "application/sdp";
    private static readonly TimeSpan s_upload = TimeSpan.FromSeconds(10);

    public static void MapLiveView(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/api").RequireAuthorization(CameraViewers.Policy);
        own.MapPost("/devices/{id:guid}/live", StartAsync).AddEndpointFilter<FormGuard>();
        own.MapPost("/live/{id:guid}/beat", BeatAsync).AddEndpointFilter<FormGuard>();
        // Another site cannot send it: it is no simple request, and nobody is allowed to ask for more.
        own.MapDelete("/live/{id:guid}", StopAsync);
    }

    private static async Task<IResult> StartAsync(Guid id, HttpContext http, ClaimsPrincipal person, LiveStart start, bool takeOver = false, bool stopOldest = false)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !type.MediaType.Equals(Sdp, StringComparison.OrdinalIgnoreCase))
        {
            return LiveProblems.Of(StatusCodes.Status415UnsupportedMediaType, "bad_offer");
        }

        using var body = await LimitedBody.ReadAsync(http.Request, RingClient.LargestSdp, s_upload, http.RequestAborted);
        if (body is not LimitedBody.Complete offer)
        {
            return LiveProblems.Of(body is LimitedBody.TooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest, "bad_offer");
        }

        if (SdpOffer.Problem(offer.Bytes.Span) is { } problem)
        {
            return LiveProblems.Of(StatusCodes.Status400BadRequest, "bad_offer", problem);
        }

        return await start.StartAsync(new LiveAsk(UserId(person), id, offer.Bytes, takeOver, stopOldest), http.RequestAborted) switch
        {
            LiveAnswer.Started started => Started(http, started),
            var answer => LiveProblems.Of(http, answer),
        };
    }

    private static async Task<IResult> BeatAsync(Guid id, bool? frames, ClaimsPrincipal person, LiveRecords records, CancellationToken cancellationToken) =>
        await records.BeatAsync(id, UserId(person), frames is true, cancellationToken) switch
        {
            null => LiveProblems.Of(StatusCodes.Status404NotFound, "not_found"),
            "" => TypedResults.NoContent(),
            var reason => LiveProblems.Of(StatusCodes.Status410Gone, reason),
        };

    private static async Task<IResult> StopAsync(Guid id, string? reason, ClaimsPrincipal person, LiveStop stop, LiveRecords records, CancellationToken cancellationToken)
    {
        if (reason is LiveEnd.Lost)
        {
            await records.StoppedByItselfAsync(id, UserId(person), cancellationToken);
        }

        return await stop.StopAsync(id, UserId(person), LiveEnd.OfPage(reason), cancellationToken)
            ? TypedResults.NoContent()
            : LiveProblems.Of(StatusCodes.Status404NotFound, "not_found");
    }

    private static BytesAnswer Started(HttpContext http, LiveAnswer.Started started)
    {
        var headers = http.Response.Headers;
        headers.Location = $"/api/live/{started.Id}";
        headers["X-Live-Seconds"] = started.Seconds.ToString(CultureInfo.InvariantCulture);
        headers["X-Live-Learnt"] = started.IsLearnt ? "yes" : "no";
        return new BytesAnswer(started.Answer, Sdp, StatusCodes.Status201Created);
    }

    private static Guid UserId(ClaimsPrincipal person) => Guid.Parse(person.FindFirstValue(ClaimTypes.NameIdentifier)!);

    private sealed class BytesAnswer(ReadOnlyMemory<byte> body, string type, int status) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = type;
            httpContext.Response.ContentLength = body.Length;
            await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
