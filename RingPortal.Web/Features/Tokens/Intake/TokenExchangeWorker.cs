using System.Threading.RateLimiting;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Tokens;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Tokens.Intake;

/// <summary>
/// Exchanges codes on every instance: woken by this instance's own intake, and by a poll that takes over what
/// another instance left. Its budget is its own, so that invented codes cannot eat the calls of linked people.
/// </summary>
internal sealed partial class TokenExchangeWorker(
    DueExchanges due, TokenExchangeSignal signal, IServiceScopeFactory scopes, PortalReadiness readiness, ILogger<TokenExchangeWorker> logger) : BackgroundService
{
    private const int Batch = 8;
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var budget = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = Batch * 2,
            TokensPerPeriod = 5,
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(250),
            QueueLimit = 0,
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            await signal.WaitAsync(s_poll, stoppingToken);
            if (readiness.Problem is null)
            {
                await RunDueAsync(budget, stoppingToken);
            }
        }
    }

    private async Task RunDueAsync(RateLimiter budget, CancellationToken cancellationToken)
    {
        try
        {
            await due.TrimAsync(cancellationToken);
            while (Permits(budget) is > 0 and var count)
            {
                var (lease, rows) = await due.TakeAsync(count, cancellationToken);
                await Task.WhenAll(rows.Select(row => ExchangeAsync(row, lease, cancellationToken)));
                if (rows.Count < count)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            Log.Postponed(logger, exception);
        }
    }

    private static int Permits(RateLimiter budget)
    {
        var count = 0;
        while (count < Batch && budget.AttemptAcquire().IsAcquired)
        {
            count++;
        }

        return count;
    }

    private async Task ExchangeAsync(Guid id, Guid lease, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateBackgroundScope();
            var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
            var row = await context.RingTokens.SingleOrDefaultAsync(token => token.Id == id && token.LeaseId == lease, cancellationToken);
            var known = row switch
            {
                null => false,
                { State: RingTokenState.Received } => await scope.ServiceProvider.GetRequiredService<TokenExchanger>().RedeemAsync(row, cancellationToken),
                _ => await ReleaseAsync(context, row, cancellationToken),
            };
            if (known)
            {
                await scope.ServiceProvider.GetRequiredService<AccountLookup>().RunAsync(id, cancellationToken);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // One row must not stop the others; its lease ends by itself and it is tried again.
            Log.Failed(logger, id, exception);
        }
    }

    /// <summary>The look-up may have to refresh the tokens, which takes a lease of its own: ours becomes a pause.</summary>
    private static async Task<bool> ReleaseAsync(RingPortalContext context, RingToken row, CancellationToken cancellationToken)
    {
        row.NextAttemptAt = row.LeaseUntil;
        row.ReleaseLease();
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Exchanges wait: the database does not answer")]
        public static partial void Postponed(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "Exchange of {RingTokenId} stopped; it is tried again when its lease ends")]
        public static partial void Failed(ILogger logger, Guid ringTokenId, Exception exception);
    }
}
