namespace RingPortal.Data.Certification;

/// <summary>Something that operators typed in for the certification: an address as it stands in Ring's console, a reviewer note.</summary>
public sealed class CertificationEntry
{
    /// <summary>Short stable name, for example <c>address.webhook</c> or <c>note.1</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Exactly as typed.</summary>
    public required string Value { get; set; }

    /// <summary>When it was last changed (UTC).</summary>
    public required DateTimeOffset ChangedAt { get; set; }
}
