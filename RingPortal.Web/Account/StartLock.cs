using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using RingPortal.Data;

namespace RingPortal.Web.Account;

/// <summary>Lets one starting instance do what must happen once, while the others wait and then find it done.</summary>
internal static class StartLock
{
    public const long KeyRing = 7214500021;
    public const long Staff = 7214500022;

    /// <summary>Holds the lock until the transaction ends. Waiting may take as long as the other instance's start.</summary>
    public static async Task<IDbContextTransaction> TakeAsync(RingPortalContext context, long key, CancellationToken cancellationToken)
    {
        var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Database.ExecuteSqlAsync(
            $"SELECT set_config('lock_timeout', '30s', true), set_config('statement_timeout', '30s', true)", cancellationToken);
        context.Database.SetCommandTimeout(TimeSpan.FromSeconds(35));
        await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({key})", cancellationToken);
        return transaction;
    }
}
