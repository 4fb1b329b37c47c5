using RingPortal.Simulator.Events;

namespace RingPortal.Simulator.History;

/// <summary>The words of the history; webhooks have others.</summary>
internal static class HistoryTypes
{
    public const string Motion = "motion", Ding = "ding", OnDemand = "on_demand";

    private static readonly string[] Kinds = ["human", "vehicle", "animal", "other_motion"];

    /// <summary>What <c>event_types</c> may name.</summary>
    public static IReadOnlySet<string> Filters { get; } = new HashSet<string>([Motion, Ding, OnDemand, .. Kinds.Select(kind => $"{Motion}.{kind}")]);

    public static bool Has(string eventType, string? subType) => eventType is Motion or Ding or OnDemand && (subType is null || (eventType == Motion && Kinds.Contains(subType)));

    /// <summary>The type that a webhook has in the history, <see langword="null"/> when it is not kept there; and how long it is recorded.</summary>
    public static (string Type, TimeSpan Length)? Of(string webhookType) => webhookType switch
    {
        RingEventTypes.MotionDetected => (Motion, TimeSpan.FromMilliseconds(18_100)),
        RingEventTypes.ButtonPress => (Ding, TimeSpan.FromSeconds(20)),
        _ => null,
    };

    /// <summary>History knows no packages.</summary>
    public static string? KindOf(string? webhookSubType) => webhookSubType switch
    {
        null or "" or Motion => null,
        _ when Kinds.Contains(webhookSubType) => webhookSubType,
        _ => "other_motion",
    };
}
