using Hangfire;
using RingPortal.Web.Features.Admin.Alarming;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Certification.Review;
using RingPortal.Web.Features.Certification.Runs;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Erasure;
using RingPortal.Web.Features.Events.Gaps;
using RingPortal.Web.Features.LiveView;
using RingPortal.Web.Features.Media.Album;
using RingPortal.Web.Features.Notifications;
using RingPortal.Web.Features.Pruning;
using RingPortal.Web.Features.Teardown;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Features.Tokens.Pool;
using RingPortal.Web.Features.Webhooks;
using RingPortal.Web.Features.Webhooks.Desk;

namespace RingPortal.Web.Jobs;

/// <summary>The whole timetable.</summary>
internal static class JobSchedule
{
    public static void Register(IRecurringJobManager jobs)
    {
        jobs.AddOrUpdate<CleanUpPoolJob>("clean-up-pool", job => job.RunAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<FinishLinkJob>("sweep-links", job => job.SweepAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<TellRelinkJob>("tell-relink", job => job.RunAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<SendEmailJob>("send-email", job => job.RunAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<SendDigestsJob>("send-digests", job => job.RunAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<SweepInboxJob>("sweep-inbox", job => job.RunAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<RunInboxBulkJob>("sweep-inbox-bulks", job => job.SweepAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<FillGapsJob>("fill-gaps", job => job.RunAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<SyncNightlyJob>("sync-nightly", job => job.RunAsync(CancellationToken.None), "17 2 * * *");
        jobs.AddOrUpdate<RefreshTokensJob>("refresh-tokens", job => job.RunAsync(CancellationToken.None), "*/10 * * * *");
        jobs.AddOrUpdate<SweepTeardownsJob>("sweep-teardowns", job => job.RunAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<SweepErasuresJob>("sweep-erasures", job => job.RunAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<EndLiveSessionsJob>("sweep-live-views", job => job.SweepAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<TakeSnapshotJob>("take-snapshots", job => job.SweepAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<SealAuditJob>("seal-audit", job => job.RunAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<VerifyAuditJob>("verify-audit", job => job.RunAsync(CancellationToken.None), Cron.Hourly(5));
        jobs.AddOrUpdate<WatchAlarmsJob>("watch-alarms", job => job.RunAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<WatchCertificatesJob>("watch-certificates", job => job.RunAsync(CancellationToken.None), Cron.Hourly(40));
        jobs.AddOrUpdate<RunCertificationJob>("sweep-certification", job => job.SweepAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<WatchReviewJob>("watch-review", job => job.RunAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<PruneJob>("prune", job => job.RunAsync(CancellationToken.None), Cron.Daily(3, 20));
    }
}
