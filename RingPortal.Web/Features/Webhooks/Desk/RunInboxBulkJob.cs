using Hangfire;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Hosting;
using RingPortal.Web.Jobs;

namespace RingPortal.Web.Features.Webhooks.Desk;

/// <summary>
/// Carries out what operators decided about many deliveries, in small transactions with rests between them, and no faster than
/// the dispatcher follows: what Ring sends meanwhile must not stand behind a hundred thousand old ones. Safe to run anywhere,
/// several at once; each minute a sweep goes on with what a killed instance left.
/// </summary>
[AutomaticRetry(Attempts = 0)]
internal sealed class RunInboxBulkJob(RingPortalContext context, InboxWake wake, WorkWake work, IServiceProvider services, TimeProvider clock)
{
    /// <summary>So many may wait for the dispatcher before the next chunk comes.</summary>
    internal const int MostWaiting = 1_000;

    private const int MostSwept = 20;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(100);

    /// <summary>Goes on with one, as long as it may.</summary>
    public async Task RunAsync(Guid bulkId, CancellationToken cancellationToken)
    {
        var (chunk, end) = (services.GetRequiredService<BulkChunk>(), clock.GetUtcNow() + s_longest);
        var verb = await context.InboxBulks.AsNoTracking().Where(bulk => bulk.Id == bulkId).Select(bulk => (InboxVerb?)bulk.Verb).SingleOrDefaultAsync(cancellationToken);
        var hasMore = verb is not null;
        while (hasMore && clock.GetUtcNow() < end)
        {
            if (verb is InboxVerb.Again && await IsCrowdedAsync(cancellationToken))
            {
                await Task.Delay(s_rest, clock, cancellationToken);
                continue;
            }

            var breath = new Breath(clock);
            hasMore = await chunk.RunAsync(bulkId, cancellationToken);
            wake.Signal();
            await breath.TakeAsync(cancellationToken);
        }

        if (hasMore)
        {
            work.RunInboxBulk(bulkId);
            return;
        }

        await context.SettleAsync(bulkId, clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>Wakes what has not come to an end.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var open = await context.InboxBulks.AsNoTracking().Where(bulk => bulk.SettledAt == null).OrderBy(bulk => bulk.AskedAt)
            .Select(bulk => bulk.Id).Take(MostSwept).ToListAsync(cancellationToken);
        open.ForEach(work.RunInboxBulk);
    }

    private async Task<bool> IsCrowdedAsync(CancellationToken cancellationToken) =>
        await context.Inbox.Where(row => row.State == InboxState.Due).OrderBy(row => row.NextAttemptAt).Take(MostWaiting).CountAsync(cancellationToken) == MostWaiting;
}
