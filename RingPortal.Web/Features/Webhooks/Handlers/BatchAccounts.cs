using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Tokens;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>Who holds the Ring accounts that a batch is about, asked once for all of them.</summary>
internal sealed class BatchAccounts
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RingToken> _links = new(StringComparer.Ordinal);
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);

    /// <summary>The living links that are known.</summary>
    public IReadOnlyCollection<RingToken> Links => _links.Values;

    /// <summary>Reads what is not known of them.</summary>
    public async Task ReadAsync(RingPortalContext context, IEnumerable<string> accountIds, CancellationToken cancellationToken)
    {
        var accounts = accountIds.Where(_known.Add).ToArray();
        if (accounts.Length == 0)
        {
            return;
        }

        var links = await context.RingTokens.AsNoTracking()
            .Where(token => accounts.Contains(token.AccountId) && RingTokenTransitions.Living.Contains(token.State)).ToListAsync(cancellationToken);
        links.ForEach(link => _links[link.AccountId!] = link);
        if (links.Count < accounts.Length)
        {
            _left.UnionWith(await LeftAsync(context, [.. accounts.Where(account => !_links.ContainsKey(account))], cancellationToken));
        }
    }

    /// <summary>The living link of an account; null when nobody holds it.</summary>
    public RingToken? Link(string accountId) => _links.GetValueOrDefault(accountId);

    /// <summary>Whether an account that nobody holds was disconnected here, and nobody is about to connect it again.</summary>
    public bool HasLeft(string accountId) => _left.Contains(accountId);

    /// <summary>The account is asked for again when it is needed.</summary>
    public void Forget(string accountId)
    {
        _known.Remove(accountId);
        _links.Remove(accountId);
        _left.Remove(accountId);
    }

    /// <summary>All accounts are asked for again.</summary>
    public void Forget()
    {
        _known.Clear();
        _links.Clear();
        _left.Clear();
    }

    private static async Task<IReadOnlyCollection<string>> LeftAsync(RingPortalContext context, string[] accounts, CancellationToken cancellationToken)
    {
        var hashes = accounts.Select(account => SHA256.HashData(Encoding.UTF8.GetBytes(account))).ToArray();
        var found = await context.DisconnectedAccounts.Where(account => hashes.Contains(account.AccountHash)).Select(account => account.AccountHash).ToListAsync(cancellationToken);
        if (found.Count == 0)
        {
            return [];
        }

        var marks = found.Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);
        var left = accounts.Where((_, place) => marks.Contains(Convert.ToHexString(hashes[place]))).ToArray();
        // Somebody who left may be on the way back: then the events are kept for the new connection.
        var back = await context.RingTokens.Where(token => left.Contains(token.AccountId) && token.State == RingTokenState.Unclaimed).Select(token => token.AccountId!).ToListAsync(cancellationToken);
        return [.. left.Except(back, StringComparer.Ordinal)];
    }
}
