using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Web.Jobs;

namespace RingPortal.Web.Features.LiveView;

/// <summary>Ends a live view because its page says so. Ring is told before the answer, so that the next one never overlaps.</summary>
internal sealed class LiveStop(RingPortalContext context, LiveSessions sessions, LiveSessionEnder ender, LiveViewEnds ends, WorkWake wake)
{
    /// <summary>Whether there is or was such a live view of this person. Whoever goes meanwhile does not break it off.</summary>
    public async Task<bool> StopAsync(Guid id, Guid userId, string reason, CancellationToken cancellationToken)
    {
        var session = await context.LiveSessions.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.UserId == userId, cancellationToken);
        if (session is null)
        {
            return false;
        }

        if (session.EndedAt is null)
        {
            ends.Tell(await sessions.EndAsync(context, new LiveSelection { Id = id }, reason, CancellationToken.None));
        }

        if (session.ClosedAt is null && !await ender.EndAsync(id, CancellationToken.None))
        {
            wake.EndLiveSessions(session.DeviceId);
        }

        return true;
    }
}
