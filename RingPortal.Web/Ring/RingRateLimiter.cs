using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace RingPortal.Web.Ring;

/// <summary>
/// Lets calls to Ring out at the pace that all instances share: people first, jobs with what is left, nobody while
/// Ring asks for a pause (contract 7.3, reliability V5).
/// </summary>
internal sealed class RingRateLimiter(RingBudget budget, RingTimings timings, IOptionsMonitor<RingOptions> options) : IDisposable
{
    private static readonly TimeSpan s_shortestWait = TimeSpan.FromMilliseconds(5);

    // One caller of each kind asks the database, the others queue here in order.
    private readonly SemaphoreSlim _interactive = new(1, 1);
    private readonly SemaphoreSlim _background = new(1, 1);

    /// <summary>Returns when the call may go out, or why it may not within the caller's patience.</summary>
    public async Task<RingFailure.RateLimited?> EnterAsync(RingPriority priority, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var (queue, patience) = priority is RingPriority.Interactive
            ? (_interactive, timings.InteractivePatience)
            : (_background, timings.BackgroundPatience);
        if (!await queue.WaitAsync(patience, cancellationToken))
        {
            return new(patience);
        }

        (bool Taken, TimeSpan Away) place;
        try
        {
            place = await TakeAsync(priority, started, patience, cancellationToken);
        }
        finally
        {
            queue.Release();
        }

        if (!place.Taken)
        {
            return new(place.Away);
        }

        await WaitAsync(place.Away, cancellationToken);
        return null;
    }

    /// <summary>Ring said 429: everybody waits.</summary>
    public Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) => budget.PauseAsync(pause, cancellationToken);

    public void Dispose()
    {
        _interactive.Dispose();
        _background.Dispose();
    }

    private static Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken) =>
        wait > TimeSpan.Zero ? Task.Delay(wait, cancellationToken) : Task.CompletedTask;

    private async Task<(bool Taken, TimeSpan Away)> TakeAsync(RingPriority priority, long started, TimeSpan patience, CancellationToken cancellationToken)
    {
        while (true)
        {
            var place = await budget.TakeAsync(priority, options.CurrentValue.MaxRequestsPerSecond, cancellationToken);
            var beyond = place.Away - RingBudget.Horizon(priority);
            var wait = beyond > s_shortestWait ? beyond : s_shortestWait;
            if (place.Taken || Stopwatch.GetElapsedTime(started) + wait > patience)
            {
                return place;
            }

            await WaitAsync(wait, cancellationToken);
        }
    }
}
