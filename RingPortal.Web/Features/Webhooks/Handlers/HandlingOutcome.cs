using RingPortal.Data.Webhooks;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>What became of a delivery.</summary>
/// <param name="State">Where it stands now.</param>
/// <param name="Words">Why, in a few words for operators.</param>
/// <param name="DropsBody">Whether what Ring said must not be kept.</param>
internal sealed record HandlingOutcome(InboxState State, string Words, bool DropsBody = false)
{
    /// <summary>It took effect.</summary>
    public static HandlingOutcome Applied { get; } = Done("applied");

    /// <summary>Something newer is known.</summary>
    public static HandlingOutcome Stale { get; } = Done("stale");

    /// <summary>It is about somebody who disconnected here; nothing of it may stay.</summary>
    public static HandlingOutcome Dropped { get; } = new(InboxState.Done, "disconnected here, dropped", DropsBody: true);

    /// <summary>It is kept until somebody holds its Ring account or camera.</summary>
    public static HandlingOutcome Parked(string words) => new(InboxState.Parked, words);

    /// <summary>Nothing is left to do.</summary>
    public static HandlingOutcome Done(string words) => new(InboxState.Done, words);
}
