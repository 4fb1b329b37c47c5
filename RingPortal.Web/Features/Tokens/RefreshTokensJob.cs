using RingPortal.Web.Features.Admin;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Tokens;

/// <summary>Renews the tokens of links that nobody uses, and tells operators when that does not work for days (contract 6.3).</summary>
internal sealed partial class RefreshTokensJob(DueRefreshes due, TokenRows rows, TokenRefresher refresher, Alarms alarms, ILogger<RefreshTokensJob> logger)
{
    private const int Batch = 200;

    private static readonly TimeSpan s_warning = TimeSpan.FromDays(3);
    private static readonly (TimeSpan Age, string Key)[] s_alarms =
        [(TimeSpan.FromDays(7), "token.stale.7d"), (TimeSpan.FromDays(20), "token.stale.20d")];

    /// <summary>Renews what is due, at most a batch; the next run goes on. Safe to run on several instances at once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var counts = new Dictionary<RefreshOutcome, int>();
        foreach (var (id, version) in await due.FindAsync(Batch, cancellationToken))
        {
            // A newer version was renewed meanwhile, by somebody's call or by this job on another instance.
            if (await rows.ReadAsync(id, cancellationToken) is { } held && held.Version == version)
            {
                var outcome = await refresher.RefreshAsync(held, RingPriority.Background, cancellationToken);
                counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
            }
        }

        if (counts.Count > 0)
        {
            Log.Swept(logger, counts.GetValueOrDefault(RefreshOutcome.Moved), counts.GetValueOrDefault(RefreshOutcome.Refused), counts.GetValueOrDefault(RefreshOutcome.Unavailable));
        }

        await WatchAsync(cancellationToken);
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        if (await due.CountStaleAsync(s_warning, cancellationToken) is > 0 and var stale)
        {
            Log.Stale(logger, stale);
        }

        foreach (var (age, key) in s_alarms)
        {
            var count = await due.CountStaleAsync(age, cancellationToken);
            if (count > 0)
            {
                await alarms.RaiseAsync(key, $"The tokens of {count} links have not been renewed for {age.Days} days; after 30 their owners have to connect again. Check that Ring's token address answers.", cancellationToken);
            }
            else
            {
                await alarms.ResolveAsync(key, cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Token sweep: {Renewed} renewed, {Refused} refused, {Postponed} postponed")]
        public static partial void Swept(ILogger logger, int renewed, int refused, int postponed);

        [LoggerMessage(2, LogLevel.Warning, "The tokens of {Count} links have not been renewed for 3 days")]
        public static partial void Stale(ILogger logger, long count);
    }
}
