using Hangfire;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Linking;

namespace RingPortal.Web.Jobs;

/// <summary>Carries a claim to its end at Ring; safe to run any number of times, anywhere.</summary>
[AutomaticRetry(Attempts = 3)]
public sealed class FinishLinkJob(RingPortalContext context, IServiceProvider services, IBackgroundJobClient jobs, TimeProvider clock)
{
    private static readonly TimeSpan s_sweepEvery = TimeSpan.FromMinutes(1);

    /// <summary>Goes on with one claim, and comes back for it when Ring did not answer.</summary>
    public async Task RunAsync(Guid ringTokenId, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<LinkFinisher>().FinishAsync(ringTokenId, cancellationToken);
        var due = await context.RingTokens.AsNoTracking()
            .Where(token => token.Id == ringTokenId && RingTokenTransitions.Unfinished.Contains(token.State))
            .Select(token => token.NextAttemptAt)
            .SingleOrDefaultAsync(cancellationToken);
        // What is due later than the next sweep is left to it.
        if (due - clock.GetUtcNow() is { } pause && pause < s_sweepEvery)
        {
            jobs.Schedule<FinishLinkJob>(job => job.RunAsync(ringTokenId, CancellationToken.None), pause > TimeSpan.Zero ? pause : TimeSpan.Zero);
        }
    }

    /// <summary>Finds claims whose wake-up was lost, by a crash or because the job storage was away.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await context.RingTokens.AsNoTracking()
            .Where(token => RingTokenTransitions.Unfinished.Contains(token.State) && token.NextAttemptAt <= now)
            .OrderBy(token => token.NextAttemptAt)
            .Select(token => token.Id)
            .Take(200)
            .ToListAsync(cancellationToken);
        due.ForEach(id => jobs.Enqueue<FinishLinkJob>(job => job.RunAsync(id, CancellationToken.None)));
    }
}
