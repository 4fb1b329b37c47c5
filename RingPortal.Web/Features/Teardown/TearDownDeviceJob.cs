using Hangfire;

namespace RingPortal.Web.Features.Teardown;

/// <summary>
/// Carries the removal of a camera to its end; safe to run any number of times, anywhere. A failure is tried again soon:
/// the row is the truth, and whatever Hangfire loses the sweep finds.
/// </summary>
[AutomaticRetry(Attempts = 60, DelaysInSeconds = [1, 2, 4, 8, 15, 30], OnAttemptsExceeded = AttemptsExceededAction.Delete)]
internal sealed class TearDownDeviceJob(TeardownRunner runner, IBackgroundJobClient jobs)
{
    /// <summary>Goes on with one teardown at its first unfinished step; comes back when another instance is at it.</summary>
    public async Task RunAsync(Guid teardownId, CancellationToken cancellationToken)
    {
        if (await runner.RunAsync(teardownId, cancellationToken) is { } pause)
        {
            jobs.Schedule<TearDownDeviceJob>(job => job.RunAsync(teardownId, CancellationToken.None), pause);
        }
    }
}
