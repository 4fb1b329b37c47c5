using Hangfire;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Admin;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Features.Admin.Alarming;
using RingPortal.Web.Features.Admin.Ui;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Webhooks.Dispatch;
using RingPortal.Web.Jobs;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Webhooks;

/// <summary>
/// Each minute: finds work whose wake-up was lost, settles parked events that nobody came for, notices a backlog, and after
/// an outage has everything read again from Ring.
/// </summary>
[AutomaticRetry(Attempts = 0)]
public sealed class SweepInboxJob(RingPortalContext context, WorkWake work, Alarms alarms, IServiceProvider services, TimeProvider clock)
{
    private const int MostWakes = 500;
    private const string Backlog = "webhook.backlog";
    private const int MostCounted = 10_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(10);

    /// <summary>Runs once; a repeat changes nothing.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await services.GetRequiredService<OutageWatch>().LookAsync(cancellationToken);
        await InboxParking.ExpireAsync(context, clock.GetUtcNow(), cancellationToken);
        await WakeReadingsAsync(cancellationToken);
        await WatchBacklogAsync(cancellationToken);
        await WatchDeadAsync(cancellationToken);
    }

    private async Task WakeReadingsAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await context.SyncRequests.AsNoTracking().Where(request => request.NextAttemptAt <= now)
            .GroupBy(request => new { request.Kind, request.RingTokenId })
            .OrderBy(group => group.Min(request => request.NextAttemptAt))
            .Select(group => group.Key).Take(MostWakes).ToListAsync(cancellationToken);
        due.ForEach(reading => work.Sync(reading.Kind, reading.RingTokenId));
    }

    private async Task WatchBacklogAsync(CancellationToken cancellationToken)
    {
        var (now, texts) = (clock.GetUtcNow(), services.GetRequiredService<Texts>());
        var late = now - s_patience;
        var waiting = context.Inbox.Where(message => message.State == InboxState.Due && message.Attempts == 0 && message.NextAttemptAt < late);
        if (await waiting.Take(MostCounted).CountAsync(cancellationToken) is > 0 and var count)
        {
            var age = now - await waiting.MinAsync(message => message.NextAttemptAt, cancellationToken) ?? s_patience;
            var words = new AlarmWords(texts.Format("admin.alarm.webhook.backlog.title", ("n", count), ("t", Figures.Time(age))), texts["admin.alarm.webhook.backlog.body"]);
            await alarms.RaiseAsync(Backlog, age >= s_long ? AlarmLevel.Critical : AlarmLevel.Warning, words.Text, cancellationToken);
        }
        else
        {
            await alarms.ResolveAsync(Backlog, cancellationToken);
        }
    }

    private async Task WatchDeadAsync(CancellationToken cancellationToken)
    {
        if (await context.Inbox.Where(message => message.State == InboxState.Dead).Take(MostCounted).CountAsync(cancellationToken) is > 0 and var count)
        {
            var texts = services.GetRequiredService<Texts>();
            var words = new AlarmWords(texts.Format("admin.alarm.webhook.dead.title", ("n", count), ("m", RetryPlan.MostAttempts)), texts["admin.alarm.webhook.dead.body"]);
            await alarms.RaiseAsync("webhook.dead", words.Text, cancellationToken);
        }
        else
        {
            await alarms.ResolveAsync("webhook.dead", cancellationToken);
        }
    }
}
