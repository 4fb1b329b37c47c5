using RingPortal.Data.Webhooks;

namespace RingPortal.Web.Features.Webhooks.Desk;

/// <summary>Where deliveries stand, as operators say it.</summary>
public enum InboxTab
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Processed, or settled without effect.</summary>
    Done,

    /// <summary>To be processed, or to be tried again.</summary>
    Waiting,

    /// <summary>Nobody holds their Ring account or camera yet.</summary>
    Parked,

    /// <summary>Tried as often as is sensible.</summary>
    Stopped,

    /// <summary>Signed, but not readable or not plausible.</summary>
    Quarantine,
}

/// <summary>Tabs and the states behind them.</summary>
public static class InboxTabs
{
    /// <summary>In the order of the page.</summary>
    public static IReadOnlyList<InboxTab> Listed { get; } = Enum.GetValues<InboxTab>();

    /// <summary>The state that a tab shows; null for all.</summary>
    public static InboxState? State(this InboxTab tab) => tab switch
    {
        InboxTab.Done => InboxState.Done,
        InboxTab.Waiting => InboxState.Due,
        InboxTab.Parked => InboxState.Parked,
        InboxTab.Stopped => InboxState.Dead,
        InboxTab.Quarantine => InboxState.Quarantined,
        _ => null,
    };

    /// <summary>The tab that shows a state.</summary>
    public static InboxTab Tab(this InboxState state) => Listed.Single(tab => tab.State() == state);

    /// <summary>As it stands in addresses.</summary>
    public static string Name(this InboxTab tab) => tab.ToString().ToLowerInvariant();

    /// <summary>What an operator may do to deliveries in this state.</summary>
    public static IReadOnlyList<InboxVerb> Verbs(this InboxState state) => state switch
    {
        InboxState.Dead => [InboxVerb.Again, InboxVerb.Discard],
        InboxState.Parked => [InboxVerb.Again],
        _ => [],
    };
}
