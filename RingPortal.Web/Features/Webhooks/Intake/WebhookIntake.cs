using System.Diagnostics;
using RingPortal.Web.Features.Arrivals;
using RingPortal.Web.Features.Certification.Outside;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Webhooks.Intake;

/// <summary>
/// Answers Ring. After a valid signature there is no 3xx and no 4xx: Ring takes those as final and the event would be
/// lost (contract 5.5). The first rule of reliability 4.1 that fits decides.
/// </summary>
internal sealed class WebhookIntake(
    PortalReadiness readiness,
    IntakeAdmission admission,
    InboxGate gate,
    RingWebhookSignature signature,
    SignatureWatch watch,
    WebhookInbox inbox,
    IntakeAlarms alarms,
    ArrivalLog arrivals,
    PortalMetrics metrics)
{
    private const int MaxBody = 256 * 1024;

    /// <summary>Ring gives 5 s; the body may take most of ours, because Ring's own is there at once.</summary>
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_readDeadline = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan s_storeDeadline = TimeSpan.FromSeconds(2);

    private static readonly RingAnswer s_accepted = RingAnswer.Status("accepted");
    private static readonly RingAnswer s_duplicate = RingAnswer.Status("duplicate");
    private static readonly RingAnswer s_quarantined = RingAnswer.Status("quarantined");
    private static readonly RingAnswer s_unsigned = new(StatusCodes.Status401Unauthorized, """{"error":"invalid_signature"}""");
    private static readonly RingAnswer s_soon = RingAnswer.Unavailable(5);
    private static readonly RingAnswer s_later = RingAnswer.Unavailable(30);

    public async Task ReceiveAsync(HttpContext http)
    {
        var started = Stopwatch.GetTimestamp();
        var (answer, verdict) = await DecideAsync(http, started);
        metrics.WebhookReceived(verdict);
        // What was accepted stands in the inbox; only the rest is an arrival of its own.
        if (answer.StatusCode != StatusCodes.Status200OK)
        {
            arrivals.Record(http, "webhook", verdict, null, answer.StatusCode, started);
        }
        else
        {
            arrivals.Count(http, "webhook", verdict);
        }

        await answer.ExecuteAsync(http);
    }

    private async Task<(RingAnswer Answer, string Verdict)> DecideAsync(HttpContext http, long started)
    {
        if (readiness.Problem is { } problem)
        {
            return (s_soon, problem);
        }

        if (gate.IsOpen)
        {
            return (s_soon, "database_away");
        }

        if (!admission.TryEnter())
        {
            return (s_soon, "overloaded");
        }

        try
        {
            return await JudgeAsync(http, started);
        }
        finally
        {
            admission.Leave();
        }
    }

    private async Task<(RingAnswer, string)> JudgeAsync(HttpContext http, long started)
    {
        using var body = await LimitedBody.ReadAsync(http.Request, MaxBody, s_readDeadline, http.RequestAborted);
        if (body is LimitedBody.TooLarge)
        {
            return (RingAnswer.TooLarge, "too_large");
        }

        if (body is not LimitedBody.Complete { Bytes: var bytes })
        {
            return (s_soon, "unreadable");
        }

        var verdict = signature.Verify(http.Request.Headers[RingWebhookSignature.HeaderName], bytes.Span);
        if (verdict is not (SignatureVerdict.Valid or SignatureVerdict.ValidPrevious))
        {
            // The portal's own check sends wrong signatures on purpose; they are no sign of a wrong key.
            if (!ProbeMark.IsOn(http))
            {
                watch.Refused(verdict);
            }

            return (s_unsigned, "invalid_signature");
        }

        metrics.WebhookSigned(verdict is SignatureVerdict.Valid ? "current" : "previous");
        return await StoreAsync(bytes, DeliveryHeaders.Of(http.Request, verdict, bytes.Length), started);
    }

    private async Task<(RingAnswer, string)> StoreAsync(ReadOnlyMemory<byte> body, DeliveryHeaders headers, long started)
    {
        var left = s_deadline - Stopwatch.GetElapsedTime(started);
        // Nobody stops it: a caller that hung up gets the same delivery stored all the same.
        var outcome = await inbox.AcceptAsync(body, headers, started, left < s_storeDeadline ? left : s_storeDeadline, CancellationToken.None);
        if (outcome is InboxOutcome.Conflicting)
        {
            alarms.Raise("webhook.conflict", "Ring sent two different bodies under one request id; the second is in quarantine.");
        }

        return outcome switch
        {
            InboxOutcome.Accepted => (s_accepted, "accepted"),
            InboxOutcome.Duplicate => (s_duplicate, "duplicate"),
            InboxOutcome.Quarantined or InboxOutcome.Conflicting => (s_quarantined, "quarantined"),
            InboxOutcome.NotStored => (s_later, "not_stored"),
            _ => throw new UnreachableException(),
        };
    }
}
