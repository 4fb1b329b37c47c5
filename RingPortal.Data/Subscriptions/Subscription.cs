namespace RingPortal.Data.Subscriptions;

/// <summary>A plan or trial that a Ring user holds for this app (contract 10.2). A camera has access while any active one names it.</summary>
public sealed class Subscription
{
    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The link through which we know it.</summary>
    public required Guid RingTokenId { get; init; }

    /// <summary>Ring's id of the plan or trial: opaque.</summary>
    public required string RingSubscriptionId { get; init; }

    /// <summary><c>paid</c> or <c>trial</c>, or what Ring will invent.</summary>
    public string? SubType { get; set; }

    /// <summary>Whether it gives access; an unknown status does not.</summary>
    public bool Active { get; set; }

    /// <summary>Ring's plan id; null for trials.</summary>
    public string? PlanId { get; set; }

    /// <summary>When it ends or renews (UTC), as far as Ring says.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Ring's ids of the cameras it covers.</summary>
    public required string[] RingDeviceIds { get; set; }

    /// <summary>As of when this holds (UTC): when Ring sent the event, or when we asked.</summary>
    public required DateTimeOffset AsOf { get; set; }
}
