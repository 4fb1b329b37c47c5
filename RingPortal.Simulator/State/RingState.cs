using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Plans;

namespace RingPortal.Simulator.State;

/// <summary>Everything that survives a restart. No secret is in it in clear.</summary>
internal sealed class RingState
{
    public Dictionary<string, RingAccount> Accounts { get; init; } = [];

    public Dictionary<string, Installation> Installations { get; init; } = [];

    public Dictionary<string, AuthorizationCode> Codes { get; init; } = [];

    public Dictionary<string, RefreshGrant> Grants { get; init; } = [];

    public Dictionary<string, AccessToken> AccessTokens { get; init; } = [];

    public List<RingPlan> Plans { get; init; } = [];

    public List<IssuedLink> Links { get; init; } = [];

    public static RingState Fresh()
    {
        var state = new RingState();
        foreach (var account in DemoAccounts.All)
            state.Accounts.Add(account.Key, account);

        return state;
    }

    /// <summary>By the time-ordered id: the cloud's clock can be moved backwards.</summary>
    public Installation? NewestInstallation(string accountKey) =>
        Installations.Values.Where(one => one.AccountKey == accountKey).MaxBy(one => one.Id, StringComparer.Ordinal);

    /// <summary>Forgets what ran out long ago, so that the file stays small.</summary>
    public void Prune(DateTimeOffset now)
    {
        var longAgo = now.AddHours(-1);
        Remove(Codes, code => code.ExpiresAt < longAgo);
        Remove(AccessTokens, token => token.ExpiresAt < longAgo);
        Remove(Grants, grant => grant.ExpiresAt < longAgo);
        Links.RemoveAll(link => link.IssuedAt < longAgo);
    }

    private static void Remove<T>(Dictionary<string, T> entries, Predicate<T> dead)
    {
        foreach (var (key, entry) in entries)
        {
            if (dead(entry))
                entries.Remove(key);
        }
    }
}
