namespace RingPortal.Data.Admin;

/// <summary>Something that needs a human. One open row per key; a repeat only counts up.</summary>
public sealed class Alarm
{
    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What it is about, for example <c>code.lost</c> or <c>nonce.second-browser</c>; no personal data.</summary>
    public required string Key { get; init; }

    /// <summary>What happened, in words for operators; no personal data.</summary>
    public required string Text { get; set; }

    /// <summary>When it first happened (UTC).</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When it last happened (UTC).</summary>
    public required DateTimeOffset LastAt { get; set; }

    /// <summary>How often it happened while open.</summary>
    public int Count { get; set; } = 1;

    /// <summary>When it was settled (UTC); null while open.</summary>
    public DateTimeOffset? ResolvedAt { get; set; }

    /// <summary>How soon a human is needed.</summary>
    public AlarmLevel Level { get; set; }

    /// <summary>The operator who is on it.</summary>
    public Guid? TakenBy { get; set; }

    /// <summary>When they took it (UTC).</summary>
    public DateTimeOffset? TakenAt { get; set; }

    /// <summary>Until when nobody is written to about it (UTC).</summary>
    public DateTimeOffset? MutedUntil { get; set; }

    /// <summary>When operators are to be written to about it (UTC); null while there is nothing to say.</summary>
    public DateTimeOffset? NextMessageAt { get; set; }

    /// <summary>When operators were first written to about it (UTC); then they also hear that it is settled.</summary>
    public DateTimeOffset? ToldAt { get; set; }
}
