namespace RingPortal.Simulator.Plans;

/// <summary>A subscription of a Ring user to the partner's app (contract 10.2).</summary>
public sealed record RingPlan
{
    /// <summary>Ring's id of the subscription.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string AccountKey { get; init; }

    /// <summary>Paid or trial.</summary>
    public required PlanKind Kind { get; init; }

    /// <summary>Running.</summary>
    public bool Active { get; init; } = true;

    /// <summary>Id of the partner's plan; trials have none.</summary>
    public string? PlanId { get; init; }

    /// <summary>When it ends or is renewed.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The devices that it covers.</summary>
    public required IReadOnlyList<string> DeviceIds { get; init; }

    internal string Wire => Kind == PlanKind.Trial ? "trial" : "paid";
}

/// <summary>The two kinds of subscriptions.</summary>
public enum PlanKind
{
    /// <summary>Bought, renewed or reactivated.</summary>
    Paid,

    /// <summary>One for each customer and app; it converts or ends.</summary>
    Trial,
}
