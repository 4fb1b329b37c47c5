using RingPortal.Data.Webhooks;
using RingPortal.Web.Components;
using RingPortal.Web.Features.Admin.Ui;
using RingPortal.Web.Features.Webhooks.Desk;
using RingPortal.Web.Features.Webhooks.Dispatch;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Webhooks.Pages;

/// <summary>States and outcomes of deliveries in operators' words.</summary>
internal static class DeliveryWords
{
    /// <summary>Key of a tab's name.</summary>
    public static string Tab(InboxTab tab) => $"admin.wh.{tab.Name()}";

    /// <summary>Key of an act's name.</summary>
    public static string Verb(InboxVerb verb) => verb is InboxVerb.Again ? "admin.wh.again" : "admin.wh.discard";

    public static StatusKind Kind(InboxState state) => state switch
    {
        InboxState.Done => StatusKind.Success,
        InboxState.Due => StatusKind.Warning,
        InboxState.Parked => StatusKind.Info,
        _ => StatusKind.Error,
    };

    /// <summary>The state, and the try it is at.</summary>
    public static string State(InboxState state, int attempts, Texts texts) => state is InboxState.Due && attempts > 0
        ? texts.Format("admin.wh.try", ("n", attempts + 1), ("m", RetryPlan.MostAttempts))
        : texts[Tab(state.Tab())];

    /// <summary>What a list says of it: how long it took, when it goes on, or why it stopped.</summary>
    public static string Line(InboxRow row, DateTimeOffset now, Texts texts) => row.State switch
    {
        InboxState.Done when row.Words is null or "applied" && row.SettledAt is { } settled => Figures.Time(settled - row.ReceivedAt),
        InboxState.Due when row.NextAttemptAt > now => texts.Format("admin.wh.next", ("t", Figures.Time(row.NextAttemptAt.Value - now))),
        InboxState.Due => texts["admin.wh.now"],
        InboxState.Quarantined => Quarantine(row.Words, texts),
        _ => row.Words ?? "-",
    };

    /// <summary>Why something is in quarantine.</summary>
    public static string Quarantine(string? reason, Texts texts) => texts.Format("admin.wh.quarantined", ("reason", reason ?? "-"));
}
