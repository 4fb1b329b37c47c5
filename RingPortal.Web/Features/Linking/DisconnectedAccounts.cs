using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;

namespace RingPortal.Web.Features.Linking;

/// <summary>
/// Remembers, by a hash alone, which Ring accounts were disconnected here while the app may still be installed at Ring:
/// what Ring still sends for them is answered and dropped (design 7).
/// </summary>
public static class DisconnectedAccounts
{
    /// <summary>What stands for a Ring account.</summary>
    public static byte[] HashOf(string accountId) => SHA256.HashData(Encoding.UTF8.GetBytes(accountId));

    /// <summary>Its person disconnected it; in the transaction that does it.</summary>
    public static Task<int> RememberAsync(RingPortalContext context, string accountId, DateTimeOffset at, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO disconnected_accounts (account_hash, disconnected_at) VALUES ({HashOf(accountId)}, {at})
            ON CONFLICT (account_hash) DO UPDATE SET disconnected_at = excluded.disconnected_at
            """,
            cancellationToken);

    /// <summary>Somebody connects it again; in the transaction of the claim.</summary>
    public static Task<int> ForgetAsync(RingPortalContext context, string accountId, CancellationToken cancellationToken)
    {
        var hash = HashOf(accountId);
        return context.DisconnectedAccounts.Where(account => account.AccountHash == hash).ExecuteDeleteAsync(cancellationToken);
    }
}
