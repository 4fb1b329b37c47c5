using RingPortal.Data.Audit;

namespace RingPortal.Web.Features.Audit;

/// <summary>Something worth remembering. No personal data and no secret in any part: people are named by their key and stored as pseudonyms.</summary>
/// <param name="Action">What, for example <c>device.removed</c>.</param>
/// <param name="Actor">Who acted.</param>
public sealed record AuditEntry(string Action, AuditActor Actor)
{
    /// <summary>The acting person or operator.</summary>
    public Guid? ActorUserId { get; init; }

    /// <summary>The person concerned.</summary>
    public Guid? SubjectUserId { get; init; }

    /// <summary>Kind and our own key, for example <c>device:0199…</c>.</summary>
    public string? Target { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>Facts: ids, counts, states. Stored as JSON.</summary>
    public object? Details { get; init; }

    /// <summary>The archive that belongs to it.</summary>
    public Archive? Archive { get; init; }
}
