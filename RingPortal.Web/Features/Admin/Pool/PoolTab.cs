using RingPortal.Data.Tokens;
using static RingPortal.Data.Tokens.RingTokenState;

namespace RingPortal.Web.Features.Admin.Pool;

/// <summary>The states of an installation as operators think of them.</summary>
public enum PoolTab
{
    /// <summary>A code or tokens came; the Ring account is not known yet.</summary>
    Arriving,

    /// <summary>In the pool: tokens and Ring account are known, nobody has claimed them.</summary>
    Unclaimed,

    /// <summary>Claimed; Ring has not confirmed or completed yet.</summary>
    Connecting,

    /// <summary>Linked.</summary>
    Active,

    /// <summary>Ring refused a refresh: its person must connect again.</summary>
    Relink,

    /// <summary>Over.</summary>
    Ended,
}

/// <summary>What a tab stands for.</summary>
public static class PoolTabs
{
    /// <summary>All of them, in the order of an installation's life.</summary>
    public static IReadOnlyList<PoolTab> All { get; } = Enum.GetValues<PoolTab>();

    /// <summary>The tab with this name in the address; null for anything else.</summary>
    public static PoolTab? Read(string? text) => All.Cast<PoolTab?>().FirstOrDefault(tab => tab!.Value.Slug() == text);

    /// <summary>Its name in the address.</summary>
    public static string Slug(this PoolTab tab) => tab.ToString().ToLowerInvariant();

    /// <summary>The stored states it shows.</summary>
    public static IReadOnlyList<RingTokenState> States(this PoolTab tab) => tab switch
    {
        PoolTab.Arriving => [Received, Exchanged],
        PoolTab.Unclaimed => [Unclaimed],
        PoolTab.Connecting => [Claiming, Uncertain, Confirmed],
        PoolTab.Active => [Active],
        PoolTab.Relink => [ReauthRequired],
        _ => RingTokenTransitions.Ended,
    };
}
