namespace RingPortal.Data.Admin;

/// <summary>When something of the portal as a whole last happened, whichever instance did it.</summary>
public sealed class ServiceMark
{
    /// <summary>Short stable name.</summary>
    public required string Name { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset At { get; set; }
}
