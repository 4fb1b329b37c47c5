namespace RingPortal.Data.Certification;

/// <summary>The time from the submission to Ring until its answer, in which nothing that is registered may change. At most one is open.</summary>
public sealed class ReviewPeriod
{
    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>When the app was submitted (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended (UTC); null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Whether it lasts. A unique index lets one row be so.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>The registered settings as they were at the submission (JSON: setting to value); secrets as a prefix of their hash.</summary>
    public required string Settings { get; init; }

    /// <summary>Who is told of the first visit; null once that account is gone.</summary>
    public Guid? ContactUserId { get; set; }

    /// <summary>How often the portal looked from outside whether it answers.</summary>
    public int Looks { get; set; }

    /// <summary>How often it answered.</summary>
    public int Answered { get; set; }

    /// <summary>When it last looked (UTC).</summary>
    public DateTimeOffset? LookedAt { get; set; }

    /// <summary>When somebody first came who may be a reviewer (UTC).</summary>
    public DateTimeOffset? FirstVisitAt { get; set; }
}
