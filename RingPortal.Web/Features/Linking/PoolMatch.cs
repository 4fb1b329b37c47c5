using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Linking;

/// <summary>An unclaimed installation that Ring's nonce belongs to.</summary>
internal sealed record Match(Guid RingTokenId, string AccountId);

/// <summary>
/// Compares a nonce with every unclaimed installation: status and nothing else in the query, every row computed,
/// no early exit, so that neither the answer nor its duration tells anything (contract 4.4, reliability X7, X8).
/// </summary>
internal sealed class PoolMatch(PortalDataSources sources, RingNonceMatcher matcher)
{
    internal const string PoolSql = "SELECT id, account_id FROM ring_tokens WHERE state = 'UNCLAIMED' ORDER BY received_at DESC, id DESC";

    /// <summary>The newest installation the nonce belongs to, or null.</summary>
    public async Task<Match?> FindAsync(LinkTicket ticket, CancellationToken cancellationToken)
    {
        var rows = new List<Match>();
        var accounts = new List<string>();
        await using (var command = sources.Web.CreateCommand(PoolSql))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(new Match(reader.GetGuid(0), reader.GetString(1)));
                accounts.Add(rows[^1].AccountId);
            }
        }

        var matches = matcher.Match(ticket.Nonce, ticket.Time, accounts);
        return matches.Count == 0 ? null : rows[matches.Min()];
    }
}
