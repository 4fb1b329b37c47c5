using Hangfire;

namespace RingPortal.Web.Features.Notifications;

/// <summary>Makes a due message about a camera be written now instead of within a minute. To be called after the commit.</summary>
public sealed partial class DigestWake(IBackgroundJobClient jobs, ILogger<DigestWake> logger)
{
    /// <summary>Asks for a run of <see cref="SendDigestsJob"/>. The row is the truth: when the queue is away nothing is lost.</summary>
    public void Wake()
    {
        try
        {
            jobs.Enqueue<SendDigestsJob>(job => job.RunAsync(CancellationToken.None));
        }
        catch (BackgroundJobClientException failure)
        {
            Log.NotWoken(logger, failure.InnerException?.GetType().Name ?? failure.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The job that tells of events could not be woken ({Reason}); its schedule finds them within a minute")]
        public static partial void NotWoken(ILogger logger, string reason);
    }
}
