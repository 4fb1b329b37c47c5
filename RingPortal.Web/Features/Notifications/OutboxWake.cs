using Hangfire;

namespace RingPortal.Web.Features.Notifications;

/// <summary>Makes written messages leave now instead of within a minute. To be called after the commit.</summary>
public sealed partial class OutboxWake(IBackgroundJobClient jobs, ILogger<OutboxWake> logger)
{
    /// <summary>Asks for a run of <see cref="SendEmailJob"/>. The row is the truth: when the queue is away nothing is lost.</summary>
    public void Wake()
    {
        try
        {
            jobs.Enqueue<SendEmailJob>(job => job.RunAsync(CancellationToken.None));
        }
        catch (BackgroundJobClientException failure)
        {
            Log.NotWoken(logger, failure.InnerException?.GetType().Name ?? failure.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The mail job could not be woken ({Reason}); its schedule finds the message within a minute.")]
        public static partial void NotWoken(ILogger logger, string reason);
    }
}
