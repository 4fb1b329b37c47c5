namespace RingPortal.Data.Certification;

/// <summary>A person's word that an item of the certification list is as Ring wants it. One per item.</summary>
public sealed class CertificationTick
{
    /// <summary>Key of the item in the catalogue.</summary>
    public required string Item { get; init; }

    /// <summary>Who gave it; null once that account is gone.</summary>
    public Guid? UserId { get; set; }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset At { get; set; }

    /// <summary>What they looked at, in their words.</summary>
    public required string Note { get; set; }
}
