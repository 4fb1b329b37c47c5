namespace RingPortal.Web.Features.Admin.Minutes;

/// <summary>What is counted minute by minute; the tag is in brackets.</summary>
internal static class FigureNames
{
    /// <summary>Calls to Ring (status).</summary>
    public const string RingRequests = "ring.request";

    /// <summary>Refreshes of token pairs (outcome).</summary>
    public const string Refreshes = "token.refresh";

    /// <summary>Links that came to an end (outcome).</summary>
    public const string Links = "link.finished";

    /// <summary>Calls to the Token Exchange URL and what became of their codes (outcome).</summary>
    public const string Codes = "code.received";

    /// <summary>Calls to the Webhook URL (outcome).</summary>
    public const string Webhooks = "webhook.received";

    /// <summary>Deliveries that were stored (event type).</summary>
    public const string WebhookTypes = "webhook.stored";

    /// <summary>Deliveries by the key that signed them (<c>current</c>, <c>previous</c>).</summary>
    public const string WebhookKeys = "webhook.signed";

    /// <summary>How long Ring waited for the answer to a delivery (ms).</summary>
    public const string WebhookAnswers = "webhook.answer";

    /// <summary>How long statements took (ms; pool). Those of the webhook's pool are one insert and its commit.</summary>
    public const string Statements = "store.statement";

    /// <summary>Most callers that waited for a connection at once (pool).</summary>
    public const string Waiting = "store.waiting";

    /// <summary>Free bytes, least of the minute as a negative figure (disk).</summary>
    public const string DiskFree = "disk.free";
}
