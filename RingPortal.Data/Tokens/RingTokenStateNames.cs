namespace RingPortal.Data.Tokens;

/// <summary>The names under which states are stored: Ring's own upper-case words, as in the design and in Ring's FAQ.</summary>
public static class RingTokenStateNames
{
    private static readonly Dictionary<RingTokenState, string> s_names =
        Enum.GetValues<RingTokenState>().ToDictionary(state => state, ToName);

    private static readonly Dictionary<string, RingTokenState> s_states = s_names.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>For example <c>REAUTH_REQUIRED</c>.</summary>
    public static string Name(this RingTokenState state) => s_names[state];

    /// <summary>The state stored under a name.</summary>
    /// <exception cref="KeyNotFoundException">The database holds a name that this version does not know.</exception>
    public static RingTokenState Parse(string name) => s_states[name];

    private static string ToName(RingTokenState state) =>
        state is RingTokenState.ReauthRequired ? "REAUTH_REQUIRED" : state.ToString().ToUpperInvariant();
}
