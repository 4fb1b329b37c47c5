namespace RingPortal.Data.Teardown;

/// <summary>One recorded step of a <see cref="TeardownWork"/>; each is safe to repeat.</summary>
public sealed class TeardownStep
{
    /// <summary>The work it belongs to.</summary>
    public required Guid TeardownId { get; init; }

    /// <summary>Place in the order, from 1.</summary>
    public required int Position { get; init; }

    /// <summary>Stable name, for example <c>archive</c>.</summary>
    public required string Name { get; init; }

    /// <summary>When it was first begun (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was done (UTC); null until then.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>What it did, for operators, for example <c>2 of 2</c>; no personal data.</summary>
    public string? Result { get; set; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; set; }

    /// <summary>Why the last try failed, without payload.</summary>
    public string? LastError { get; set; }
}
