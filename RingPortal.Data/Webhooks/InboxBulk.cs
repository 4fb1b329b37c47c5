namespace RingPortal.Data.Webhooks;

/// <summary>
/// One decision of an operator about many deliveries. The row says how far it is carried out, so that any instance goes on
/// where another one stopped, and nothing is done twice.
/// </summary>
public sealed class InboxBulk
{
    /// <summary>Time-ordered key; the audit trail has who asked and why under <c>bulk:…</c>.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What is done to them. Stored by name.</summary>
    public required InboxVerb Verb { get; init; }

    /// <summary>Which (JSON): state, type, camera, times; an account only sealed, and only until the end.</summary>
    public required string Filter { get; set; }

    /// <summary>When it was asked for (UTC). Deliveries that stop later are not concerned.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>How many deliveries matched then.</summary>
    public required int Matched { get; init; }

    /// <summary>How many are carried out.</summary>
    public int Handled { get; set; }

    /// <summary>How many chunks that took, one transaction each.</summary>
    public int Chunks { get; set; }

    /// <summary>When the last one carried out was received (UTC); the next one comes behind it.</summary>
    public DateTimeOffset? PlaceAt { get; set; }

    /// <summary>The key of the last one carried out.</summary>
    public Guid? PlaceId { get; set; }

    /// <summary>When all were carried out (UTC).</summary>
    public DateTimeOffset? CarriedOutAt { get; set; }

    /// <summary>When each of them had come to an end (UTC).</summary>
    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>How many are done, as far as counted at <see cref="SettledAt"/>.</summary>
    public int Done { get; set; }

    /// <summary>How many stopped again.</summary>
    public int Stopped { get; set; }
}

/// <summary>What an operator does to a delivery.</summary>
public enum InboxVerb
{
    /// <summary>It becomes due again, with all its tries.</summary>
    Again,

    /// <summary>It is settled without effect.</summary>
    Discard,
}
