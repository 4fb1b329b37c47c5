using Hangfire;
using RingPortal.Web.Jobs;

namespace RingPortal.Web.Features.Linking;

/// <summary>Lets a committed claim be told to Ring at once. The row is the truth: a lost wake-up costs a minute, not a link.</summary>
internal sealed partial class LinkWake(IBackgroundJobClient jobs, ILogger<LinkWake> logger)
{
    public void Wake(Guid ringTokenId)
    {
        try
        {
            jobs.Enqueue<FinishLinkJob>(job => job.RunAsync(ringTokenId, CancellationToken.None));
        }
        catch (BackgroundJobClientException exception)
        {
            Log.NotWoken(logger, ringTokenId, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Claim of {RingTokenId} waits for the next sweep: the job storage did not answer")]
        public static partial void NotWoken(ILogger logger, Guid ringTokenId, Exception exception);
    }
}
