using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Events;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Events.History;

/// <summary>Says which live views of the history were watched here. Ring does not say who watched.</summary>
internal static class OwnViews
{
    /// <summary>Ring and we note the begin of the same view by two clocks.</summary>
    private static readonly TimeSpan s_near = TimeSpan.FromSeconds(10);

    /// <summary>Ids of those among the entries that match one of our own live views, one to one, the nearest first.</summary>
    public static async Task<IReadOnlySet<string>> NearAsync(RingPortalContext context, Guid deviceId, IReadOnlyList<RingHistoryEvent> told, CancellationToken cancellationToken)
    {
        var watched = told.Where(entry => HistoryWords.Of(entry).Kind is DeviceEventKind.LiveView).ToList();
        if (watched.Count == 0)
        {
            return new HashSet<string>();
        }

        var (from, to) = (watched.Min(entry => entry.Start) - s_near, watched.Max(entry => entry.Start) + s_near);
        var begins = await context.LiveSessions.AsNoTracking()
            .Where(session => session.DeviceId == deviceId && session.StartedAt >= from && session.StartedAt <= to)
            .Select(session => session.StartedAt).ToListAsync(cancellationToken);
        var own = new HashSet<string>();
        foreach (var begin in begins.Order())
        {
            var nearest = watched.Where(entry => !own.Contains(entry.Id) && (entry.Start - begin).Duration() <= s_near).MinBy(entry => ((entry.Start - begin).Duration(), entry.Id));
            if (nearest is not null)
            {
                own.Add(nearest.Id);
            }
        }

        return own;
    }
}
