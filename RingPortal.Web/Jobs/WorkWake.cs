using System.Linq.Expressions;
using Hangfire;
using RingPortal.Data.Devices;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Erasure;
using RingPortal.Web.Features.LiveView;
using RingPortal.Web.Features.Notifications;
using RingPortal.Web.Features.Subscriptions;
using RingPortal.Web.Features.Teardown;
using RingPortal.Web.Features.Webhooks.Desk;

namespace RingPortal.Web.Jobs;

/// <summary>
/// Makes written work start now instead of at the next sweep. To be called after the commit. The row is the truth: when the
/// job storage is away nothing is lost.
/// </summary>
public sealed partial class WorkWake(IBackgroundJobClient jobs, ILogger<WorkWake> logger)
{
    /// <summary>A camera is to be torn down.</summary>
    public void TearDownDevice(Guid teardownId) => Enqueue<TearDownDeviceJob>(job => job.RunAsync(teardownId, CancellationToken.None));

    /// <summary>A connection is to be torn down.</summary>
    public void TearDownIntegration(Guid teardownId) => Enqueue<TearDownIntegrationJob>(job => job.RunAsync(teardownId, CancellationToken.None));

    /// <summary>An account is to be deleted.</summary>
    public void Erase(Guid erasureId) => Enqueue<EraseAccountJob>(job => job.RunAsync(erasureId, CancellationToken.None));

    /// <summary>Something of a link is to be read again from Ring.</summary>
    public void Sync(SyncKind kind, Guid ringTokenId)
    {
        if (kind is SyncKind.Devices)
        {
            Enqueue<SyncDevicesJob>(job => job.RunAsync(ringTokenId, CancellationToken.None));
        }
        else
        {
            Enqueue<SyncSubscriptionsJob>(job => job.RunAsync(ringTokenId, CancellationToken.None));
        }
    }

    /// <summary>Live views of a camera are to end at Ring.</summary>
    public void EndLiveSessions(Guid deviceId) => Enqueue<EndLiveSessionsJob>(job => job.RunAsync(deviceId, CancellationToken.None));

    /// <summary>Messages about cameras are due.</summary>
    public void SendDigests() => Enqueue<SendDigestsJob>(job => job.RunAsync(CancellationToken.None));

    /// <summary>An operator decided about many deliveries.</summary>
    public void RunInboxBulk(Guid bulkId) => Enqueue<RunInboxBulkJob>(job => job.RunAsync(bulkId, CancellationToken.None));

    /// <summary>An operator wants the audit trail to be verified now.</summary>
    public void VerifyAudit(Guid checkId) => Enqueue<VerifyAuditJob>(job => job.RunAsync(checkId, CancellationToken.None));

    private void Enqueue<TJob>(Expression<Func<TJob, Task>> call)
    {
        try
        {
            jobs.Enqueue(call);
        }
        catch (BackgroundJobClientException failure)
        {
            Log.NotWoken(logger, typeof(TJob).Name, failure.InnerException?.GetType().Name ?? failure.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Job} could not be woken ({Reason}); the sweep starts it within a minute")]
        public static partial void NotWoken(ILogger logger, string job, string reason);
    }
}
