using System.Diagnostics.Metrics;

namespace RingPortal.Web.Hosting;

/// <summary>What the portal counts. Callers use verbs and never see a tag.</summary>
public sealed class PortalMetrics
{
    /// <summary>Name of the portal's meter.</summary>
    public const string MeterName = "RingPortal";

    private const string OutcomeTag = "outcome";

    private static readonly InstrumentAdvice<double> s_seconds = new() { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 900, 3600] };

    private readonly Counter<long> _ringRequests;
    private readonly Counter<long> _tokenRefreshes;
    private readonly Counter<long> _links;
    private readonly Counter<long> _codes;
    private readonly Counter<long> _webhooks;
    private readonly Counter<long> _webhooksDead;
    private readonly Counter<long> _signatures;
    private readonly Histogram<double> _inboxLag;
    private readonly Histogram<double> _jobs;

    /// <summary>Makes the instruments.</summary>
    public PortalMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _ringRequests = meter.CreateCounter<long>("ringportal.ring.request", "{request}", "Calls to Ring by operation and status.");
        _tokenRefreshes = meter.CreateCounter<long>("ringportal.ring.token.refresh", "{refresh}", "Refreshes of token pairs by outcome.");
        _links = meter.CreateCounter<long>("ringportal.link.finished", "{link}", "Links that came to an end, good or bad, by outcome.");
        _codes = meter.CreateCounter<long>("ringportal.code.received", "{code}", "Calls to the Token Exchange URL by outcome.");
        _webhooks = meter.CreateCounter<long>("ringportal.webhook.received", "{delivery}", "Calls to the Webhook URL by outcome.");
        _webhooksDead = meter.CreateCounter<long>("ringportal.webhook.dead", "{delivery}", "Deliveries that were given up after the last try.");
        _signatures = meter.CreateCounter<long>("ringportal.webhook.signed", "{delivery}", "Deliveries with a valid signature by the key that made it.");
        _inboxLag = meter.CreateHistogram<double>("ringportal.inbox.lag", "s", "Time from the receipt of a delivery to its effect.", advice: s_seconds);
        _jobs = meter.CreateHistogram<double>("ringportal.job.duration", "s", "Time that a run of a job took, by job and outcome.", advice: s_seconds);
    }

    /// <summary>A call to Ring was answered, or not.</summary>
    /// <param name="operation">For example <c>devices.list</c>.</param>
    /// <param name="status">HTTP status, or why there is none.</param>
    public void RingRequest(string operation, string status) => _ringRequests.Add(1, new("operation", operation), new("status", status));

    /// <summary>A token pair was refreshed, or not.</summary>
    public void TokenRefresh(string outcome) => _tokenRefreshes.Add(1, new KeyValuePair<string, object?>(OutcomeTag, outcome));

    /// <summary>A link was finished, or not.</summary>
    public void LinkFinished(string outcome) => _links.Add(1, new KeyValuePair<string, object?>(OutcomeTag, outcome));

    /// <summary>Ring, or somebody, brought a code.</summary>
    public void CodeReceived(string outcome) => _codes.Add(1, new KeyValuePair<string, object?>(OutcomeTag, outcome));

    /// <summary>Ring, or somebody, delivered an event.</summary>
    public void WebhookReceived(string outcome) => _webhooks.Add(1, new KeyValuePair<string, object?>(OutcomeTag, outcome));

    /// <summary>Deliveries were given up after the last try.</summary>
    public void WebhooksDead(int count) => _webhooksDead.Add(count);

    /// <summary>A delivery was signed by one of the living keys.</summary>
    /// <param name="key"><c>current</c> or <c>previous</c>.</param>
    public void WebhookSigned(string key) => _signatures.Add(1, new KeyValuePair<string, object?>("key", key));

    /// <summary>Deliveries took effect.</summary>
    /// <param name="lags">Of each the time since its receipt.</param>
    public void InboxApplied(IReadOnlyList<TimeSpan> lags)
    {
        foreach (var lag in lags)
        {
            _inboxLag.Record(lag.TotalSeconds);
        }
    }

    /// <summary>A run of a job ended.</summary>
    /// <param name="job">Name of its type.</param>
    /// <param name="outcome"><c>succeeded</c> or <c>failed</c>.</param>
    /// <param name="duration">How long it ran.</param>
    public void JobRan(string job, string outcome, TimeSpan duration) =>
        _jobs.Record(duration.TotalSeconds, new("job", job), new(OutcomeTag, outcome));
}
