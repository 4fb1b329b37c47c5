using System.Diagnostics;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Features.Arrivals;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Webhooks;

/// <summary>
/// The Webhook URL. After a valid signature there is no 3xx and no 4xx: Ring takes those as final and the event would
/// be lost (contract 5.5, reliability 4.1).
/// </summary>
internal static partial class WebhookEndpoints
{
    public const string Path = "/ring/webhook";
    private const int MaxBody = 256 * 1024;
    private static readonly TimeSpan s_readDeadline = TimeSpan.FromSeconds(3);
    private static readonly RingAnswer s_unsigned = new(StatusCodes.Status401Unauthorized, """{"error":"invalid_signature"}""");

    public static void MapWebhook(this IEndpointRouteBuilder routes) =>
        routes.MapRingPost(Path, ReceiveAsync);

    private static async Task<IResult> ReceiveAsync(
        HttpContext http, PortalReadiness readiness, WebhookInbox inbox, RingWebhookSignature signature, ArrivalLog arrivals, PortalMetrics metrics, Alarms alarms, ILogger<WebhookInbox> logger)
    {
        var started = Stopwatch.GetTimestamp();
        var (answer, verdict) = await DecideAsync(http, readiness, inbox, signature, alarms, logger);
        metrics.WebhookReceived(verdict);
        // What was accepted stands in the inbox; only the rest is an arrival of its own.
        if (answer.StatusCode != StatusCodes.Status200OK)
        {
            arrivals.Record(http, "webhook", verdict, null, answer.StatusCode, started);
        }

        return answer;
    }

    private static async Task<(RingAnswer Answer, string Verdict)> DecideAsync(
        HttpContext http, PortalReadiness readiness, WebhookInbox inbox, RingWebhookSignature signature, Alarms alarms, ILogger logger)
    {
        if (readiness.Problem is { } problem)
        {
            return (RingAnswer.Unavailable(5), problem);
        }

        var body = await LimitedBody.ReadAsync(http.Request, MaxBody, s_readDeadline, http.RequestAborted);
        if (body is LimitedBody.TooLarge)
        {
            return (RingAnswer.TooLarge, "too_large");
        }

        if (body is not LimitedBody.Complete { Bytes: var bytes })
        {
            return (RingAnswer.Unavailable(5), "unreadable");
        }

        var verdict = signature.Verify(http.Request.Headers["X-Signature"]!, bytes.Span);
        if (verdict is not (SignatureVerdict.Valid or SignatureVerdict.ValidPrevious))
        {
            Log.Unsigned(logger, verdict);
            return (s_unsigned, "invalid_signature");
        }

        return await StoreAsync(inbox, bytes, alarms, http.RequestAborted);
    }

    private static async Task<(RingAnswer, string)> StoreAsync(WebhookInbox inbox, ReadOnlyMemory<byte> body, Alarms alarms, CancellationToken cancellationToken)
    {
        var outcome = await inbox.AcceptAsync(body, cancellationToken);
        if (outcome is InboxOutcome.Conflicting)
        {
            await alarms.RaiseAsync("webhook.conflict", "Ring sent two different bodies under one request id; the second is in quarantine.", cancellationToken);
        }

        return outcome switch
        {
            InboxOutcome.Accepted => (RingAnswer.Status("accepted"), "accepted"),
            InboxOutcome.Duplicate => (RingAnswer.Status("duplicate"), "duplicate"),
            InboxOutcome.Quarantined or InboxOutcome.Conflicting => (RingAnswer.Status("quarantined"), "quarantined"),
            _ => (RingAnswer.Unavailable(30), "not_stored"),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A delivery without a valid signature was refused: {Verdict}")]
        public static partial void Unsigned(ILogger logger, SignatureVerdict verdict);
    }
}
