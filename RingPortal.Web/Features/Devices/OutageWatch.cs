using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Web.Features.Events.Gaps;

namespace RingPortal.Web.Features.Devices;

/// <summary>
/// Notices that nobody was at work for a while: the mark that each minute renews is old. What Ring said meanwhile may be lost
/// to us (contract 5.5), so cameras and plans are read again, and after a long outage the events of that time are listed as missing.
/// </summary>
internal sealed partial class OutageWatch(RingPortalContext context, SyncEverything everything, GapFinder gaps, TimeProvider clock, ILogger<OutageWatch> logger)
{
    private const string Mark = "at work";

    // Ring repeats for 12.6 minutes with at least two tries left; what is shorter comes by itself.
    private static readonly TimeSpan s_outage = TimeSpan.FromMinutes(10);

    /// <summary>Renews the mark; after an outage asks for everything to be read again.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var mark = await context.ServiceMarks.FromSql($"SELECT * FROM service_marks WHERE name = {Mark} FOR UPDATE").AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        await context.Database.ExecuteSqlAsync(
            $"INSERT INTO service_marks (name, at) VALUES ({Mark}, {now}) ON CONFLICT (name) DO UPDATE SET at = greatest(service_marks.at, excluded.at)", cancellationToken);
        if (mark is not null && now - mark.At > s_outage)
        {
            Log.Outage(logger, mark.At, now);
            await everything.AskAsync(TimeSpan.FromMinutes(10), cancellationToken);
            if (now - mark.At > GapFinder.Bearable)
            {
                Log.Gaps(logger, await gaps.ListAsync(mark.At, now, "outage", cancellationToken));
            }
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Nobody was at work from {From} to {To}: cameras and plans are read again")]
        public static partial void Outage(ILogger logger, DateTimeOffset from, DateTimeOffset to);

        [LoggerMessage(2, LogLevel.Warning, "Ring no longer repeats what it could not deliver meanwhile: events of {Count} cameras may be missing and are filled in from the history")]
        public static partial void Gaps(ILogger logger, int count);
    }
}
