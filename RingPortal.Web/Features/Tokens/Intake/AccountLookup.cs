using RingPortal.Data;
using RingPortal.Data.Tokens;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Tokens.Intake;

/// <summary>
/// Learns whose tokens we hold (contract 3.3). Without an account id the row cannot match anybody, and none is
/// ever invented; it is tried again until the pool's cleanup takes the row.
/// </summary>
internal sealed partial class AccountLookup(
    RingPortalContext context, LinkAccess access, RingClient ring, TimeProvider clock, PortalMetrics metrics, ILogger<AccountLookup> logger)
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    public async Task RunAsync(Guid ringTokenId, CancellationToken cancellationToken)
    {
        var result = await access.CallAsync(ringTokenId, ring.GetUserAsync, forbiddenMeansExpired: true, cancellationToken);
        context.ChangeTracker.Clear();
        var row = await context.RingTokens.FindAsync([ringTokenId], cancellationToken);
        if (row is not { State: RingTokenState.Exchanged })
        {
            return;
        }

        var now = clock.GetUtcNow();
        if (result.TryGetValue(out var user, out var failure) && user.Id is { Length: > 0 and <= 200 } accountId)
        {
            row.AccountId = accountId;
            row.MaskedAccount = AccountMask.Email(user.Email) ?? AccountMask.Name(user.FirstName, user.LastName);
            row.MaskedName = AccountMask.Name(user.FirstName, user.LastName);
            row.MoveTo(RingTokenState.Unclaimed, now);
            row.Attempts = 0;
            row.NextAttemptAt = null;
            await context.SaveChangesAsync(cancellationToken);
            metrics.CodeReceived("unclaimed");
            Log.Known(logger, row.Id);
            return;
        }

        row.Attempts++;
        var pause = TimeSpan.FromSeconds(0.5 * Math.Pow(2, Math.Min(row.Attempts - 1, 6)));
        row.NextAttemptAt = now + (pause < s_longestPause ? pause : s_longestPause);
        await context.SaveChangesAsync(cancellationToken);
        Log.Unknown(logger, row.Id, failure?.GetType().Name ?? "no account id", row.Attempts);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Installation {RingTokenId} is in the pool")]
        public static partial void Known(ILogger logger, Guid ringTokenId);

        [LoggerMessage(2, LogLevel.Warning, "The account of {RingTokenId} is not known yet ({Failure}); attempt {Attempts}")]
        public static partial void Unknown(ILogger logger, Guid ringTokenId, string failure, int attempts);
    }
}
