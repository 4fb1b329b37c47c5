using Hangfire;

namespace RingPortal.Web.Features.Teardown;

/// <summary>
/// Carries the end of a connection with all its cameras to its end; never calls Ring, whose tokens are erased already. As
/// safe to repeat as <see cref="TearDownDeviceJob"/>.
/// </summary>
[AutomaticRetry(Attempts = 60, DelaysInSeconds = [1, 2, 4, 8, 15, 30], OnAttemptsExceeded = AttemptsExceededAction.Delete)]
internal sealed class TearDownIntegrationJob(TeardownRunner runner, IBackgroundJobClient jobs)
{
    /// <summary>Goes on with one teardown at its first unfinished step; comes back when another instance is at it.</summary>
    public async Task RunAsync(Guid teardownId, CancellationToken cancellationToken)
    {
        if (await runner.RunAsync(teardownId, cancellationToken) is { } pause)
        {
            jobs.Schedule<TearDownIntegrationJob>(job => job.RunAsync(teardownId, CancellationToken.None), pause);
        }
    }
}
