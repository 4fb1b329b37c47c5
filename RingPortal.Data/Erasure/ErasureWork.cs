namespace RingPortal.Data.Erasure;

/// <summary>
/// The deletion of one account as one tracked piece of work, from the moment its person asked until nothing of them is left.
/// Once it is done the row itself names nobody: it tells operators how many went, and how long it took.
/// </summary>
public sealed class ErasureWork
{
    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The account; null once it is gone. From the first moment on nobody can sign in with it.</summary>
    public Guid? UserId { get; set; }

    /// <summary>What is to be done next. Stored by name.</summary>
    public ErasureStage Stage { get; set; }

    /// <summary>When the person asked (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The sealed last message to a confirmed address, until it is handed over to be sent; null where there is none.</summary>
    public byte[]? SealedLetter { get; set; }

    /// <summary>Connections of which Ring was told, or was about to be told when an instance died: it is told once.</summary>
    public Guid[] ToldLinks { get; set; } = [];

    /// <summary>When nothing was left (UTC); null until then.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is next due (UTC); null when done.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>Fencing token of whoever works on it now.</summary>
    public Guid? LeaseId { get; set; }

    /// <summary>When the lease ends by itself (UTC).</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Why the last try stopped, without payload.</summary>
    public string? LastError { get; set; }
}

/// <summary>The stages of an erasure in their order; each is safe to repeat whole.</summary>
public enum ErasureStage
{
    /// <summary>Ends every connection: tokens are erased, Ring is told once.</summary>
    Links,

    /// <summary>Waits until every removal has come to its end and nobody can be at work on what was.</summary>
    Removals,

    /// <summary>Deletes what Ring sent about the person's Ring accounts.</summary>
    Deliveries,

    /// <summary>Deletes everything else that names the person, save the account itself.</summary>
    Records,

    /// <summary>Deletes the account and the key of the person's pseudonym, and hands the last message over.</summary>
    Person,

    /// <summary>Nothing is left.</summary>
    Done,
}
