using static RingPortal.Data.Tokens.RingTokenState;

namespace RingPortal.Data.Tokens;

/// <summary>
/// The one table of allowed state changes of <see cref="RingToken"/>. The context refuses every other change,
/// and a trigger made from the same table refuses it in the database.
/// </summary>
public static class RingTokenTransitions
{
    private static readonly Dictionary<RingTokenState, RingTokenState[]> s_allowed = new()
    {
        [Received] = [Exchanged, Expired, Failed, Removed, Disconnected],
        [Exchanged] = [Unclaimed, Expired, Failed, Removed, Disconnected],
        [Unclaimed] = [Claiming, Expired, Failed, Removed, Disconnected],
        [Claiming] = [Uncertain, Confirmed, Unclaimed, Removed, Disconnected],
        [Uncertain] = [Confirmed, Unclaimed, Removed, Disconnected],
        [Confirmed] = [Active, ReauthRequired, Removed, Disconnected],
        [Active] = [ReauthRequired, Removed, Disconnected],
        [ReauthRequired] = [Active, Removed, Disconnected],
        [Disconnected] = [],
        [Removed] = [],
        [Expired] = [],
        [Failed] = [],
    };

    /// <summary>States in which a portal user holds the Ring account; at most one such row may exist per Ring account.</summary>
    public static IReadOnlyList<RingTokenState> Living { get; } = [Claiming, Uncertain, Confirmed, Active, ReauthRequired];

    /// <summary>
    /// States in which a step of a claim may be due: confirmation, completion, the first listing of cameras. Not
    /// <see cref="ReauthRequired"/>: nothing can be done there until Ring accepts the tokens again.
    /// </summary>
    public static IReadOnlyList<RingTokenState> Unfinished { get; } = [Claiming, Uncertain, Confirmed, Active];

    /// <summary>States that are over; such rows hold no code and no token.</summary>
    public static IReadOnlyList<RingTokenState> Ended { get; } = [Disconnected, Removed, Expired, Failed];

    /// <summary>Whether a row may go from one state to the other. Staying is always allowed.</summary>
    public static bool Allows(RingTokenState from, RingTokenState to) => from == to || s_allowed[from].Contains(to);

    /// <summary>All allowed changes, for the trigger and for tests.</summary>
    public static IEnumerable<(RingTokenState From, RingTokenState To)> All =>
        s_allowed.SelectMany(entry => entry.Value.Select(to => (entry.Key, to)));
}
