namespace RingPortal.Data.Webhooks;

/// <summary>One delivery that Ring signed and we acknowledged. The row is the truth; whatever runs later is only woken by it.</summary>
public sealed class InboxMessage
{
    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Ring's <c>meta.request_id</c> (contract 5.4), or <c>sha256:…</c> of the body where it cannot be read.</summary>
    public required string RequestId { get; init; }

    /// <summary>Second key against doubles: account, type and event id (contract 5.6); null where one of them is missing.</summary>
    public string? EventKey { get; init; }

    /// <summary>SHA-256 of the body: tells a repeat from a different body under the same id.</summary>
    public required byte[] BodyHash { get; init; }

    /// <summary>The body exactly as signed. Bytes, because text columns refuse what JSON allows.</summary>
    public required byte[] Body { get; init; }

    /// <summary>Ring's account id (<c>meta.account_id</c>).</summary>
    public string? AccountId { get; init; }

    /// <summary>Event type (<c>data.type</c>), known or not.</summary>
    public string? EventType { get; init; }

    /// <summary>What the event is about (<c>data.attributes.source</c>): a device id, an account id or <c>subscriptions</c>.</summary>
    public string? Source { get; init; }

    /// <summary>When it happened at Ring (UTC), as far as the event says.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>When we received it (UTC).</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Where it stands. Stored by name.</summary>
    public InboxState State { get; set; }

    /// <summary>Why it is quarantined, in words for operators.</summary>
    public string? Reason { get; set; }

    /// <summary>How often processing was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When processing is next due (UTC).</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>What went wrong last, without payload.</summary>
    public string? LastError { get; set; }

    /// <summary>What processing came to, in one or two words for operators, for example <c>applied</c> or <c>stale</c>.</summary>
    public string? Outcome { get; set; }

    /// <summary>When it was settled (UTC): processed, dropped or given up.</summary>
    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>Which running portal made the last try, as host and process.</summary>
    public string? SettledBy { get; set; }

    /// <summary>
    /// Its tries one by one (JSON): time, who, and the error or the outcome. Null while nothing but a first try that went
    /// well is to be told.
    /// </summary>
    public string? Tries { get; set; }

    /// <summary>The headers that matter, and which key signed (JSON); null for rows from before they were kept.</summary>
    public string? Headers { get; set; }

    /// <summary>How long Ring waited for our answer (ms); null when whoever processed it had not heard of that.</summary>
    public int? AnsweredIn { get; set; }

    /// <summary>The act on many deliveries that changed it last.</summary>
    public Guid? BulkId { get; set; }
}

/// <summary>Where a delivery stands.</summary>
public enum InboxState
{
    /// <summary>Waits to be processed.</summary>
    Due,

    /// <summary>Processed.</summary>
    Done,

    /// <summary>Nobody holds its Ring account or camera yet; kept for 24 h and processed when somebody does.</summary>
    Parked,

    /// <summary>Tried as often as is sensible; needs a decision by an operator.</summary>
    Dead,

    /// <summary>Signed by Ring and stored, but not readable or not plausible.</summary>
    Quarantined,
}
