namespace RingPortal.Data.Certification;

/// <summary>What a machine check of the certification list last came to. One row per item; a new run replaces it.</summary>
public sealed class CertificationResult
{
    /// <summary>Key of the item in the catalogue, for example <c>before.webhook.time</c>.</summary>
    public required string Item { get; init; }

    /// <summary>How it ended. Stored by name.</summary>
    public required CheckOutcome Outcome { get; set; }

    /// <summary>What was seen, in words for operators; no secret, no personal data.</summary>
    public required string Evidence { get; set; }

    /// <summary>When it ended (UTC).</summary>
    public required DateTimeOffset At { get; set; }

    /// <summary>How long it took (ms).</summary>
    public required double ElapsedMilliseconds { get; set; }
}

/// <summary>How a machine check ended.</summary>
public enum CheckOutcome
{
    /// <summary>What Ring wants was seen.</summary>
    Passed,

    /// <summary>Something else was seen, or nothing.</summary>
    Failed,

    /// <summary>It cannot be looked at here, for example TLS where there is none; neither passed nor failed.</summary>
    NotApplicable,

    /// <summary>What it would look at has not happened or was not recorded yet; neither passed nor failed.</summary>
    NotRecorded,
}
