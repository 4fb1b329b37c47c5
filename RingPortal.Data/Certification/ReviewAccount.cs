namespace RingPortal.Data.Certification;

/// <summary>A consumer account that was made for Ring's reviewers. Goes with the account.</summary>
public sealed class ReviewAccount
{
    /// <summary>The account.</summary>
    public required Guid UserId { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When operators wished its deletion (UTC); null until then.</summary>
    public DateTimeOffset? EraseAskedAt { get; set; }
}
