using Hangfire;

namespace RingPortal.Web.Features.Erasure;

/// <summary>
/// Carries the deletion of an account to its end; safe to run any number of times, anywhere. A failure is tried again soon:
/// the row is the truth, and whatever Hangfire loses the sweep finds.
/// </summary>
[AutomaticRetry(Attempts = 60, DelaysInSeconds = [1, 2, 4, 8, 15, 30], OnAttemptsExceeded = AttemptsExceededAction.Delete)]
internal sealed class EraseAccountJob(ErasureRunner runner, IBackgroundJobClient jobs)
{
    /// <summary>Goes on with one erasure at its first unfinished stage; comes back when others are at it or must end first.</summary>
    public async Task RunAsync(Guid erasureId, CancellationToken cancellationToken)
    {
        if (await runner.RunAsync(erasureId, cancellationToken) is { } pause)
        {
            jobs.Schedule<EraseAccountJob>(job => job.RunAsync(erasureId, CancellationToken.None), pause);
        }
    }
}
