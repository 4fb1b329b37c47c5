using Hangfire;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Jobs;

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
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs once; a repeat changes nothing.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await services.GetRequiredService<OutageWatch>().LookAsync(cancellationToken);
        await InboxParking.ExpireAsync(context, clock.GetUtcNow(), cancellationToken);
        await WakeReadingsAsync(cancellationToken);
        await WatchBacklogAsync(cancellationToken);
        if (!await context.Inbox.AnyAsync(message => message.State == InboxState.Dead, cancellationToken))
        {
            await alarms.ResolveAsync("webhook.dead", cancellationToken);
        }
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
        var late = clock.GetUtcNow() - s_patience;
        var waiting = await context.Inbox.CountAsync(message => message.State == InboxState.Due && message.Attempts == 0 && message.NextAttemptAt < late, cancellationToken);
        if (waiting > 0)
        {
            await alarms.RaiseAsync(Backlog, $"{waiting} events wait for more than two minutes. Check workers and the database.", cancellationToken);
        }
        else
        {
            await alarms.ResolveAsync(Backlog, cancellationToken);
        }
    }
}
