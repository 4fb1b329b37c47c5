using Microsoft.EntityFrameworkCore;
using RingPortal.Data;

namespace RingPortal.Web.Features.LiveView;

/// <summary>What open pages ask about live views.</summary>
internal sealed class LiveQueries(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int Most = 20;
    private static readonly TimeSpan s_recent = TimeSpan.FromMinutes(2);

    /// <summary>The live views of a person that ended just now, and why: pages that still show one must stop.</summary>
    public async Task<IReadOnlyList<OverLiveView>> OverAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var recent = clock.GetUtcNow() - s_recent;
        return await scope.ServiceProvider.GetRequiredService<RingPortalContext>().LiveSessions.AsNoTracking()
            .Where(session => session.UserId == userId && session.EndedAt > recent)
            .OrderByDescending(session => session.EndedAt).Take(Most)
            .Select(session => new OverLiveView(session.Id, session.EndReason ?? LiveEnd.Stopped)).ToListAsync(cancellationToken);
    }
}

/// <summary>A live view that is over.</summary>
/// <param name="Id">Our own id of it.</param>
/// <param name="Reason">One of <see cref="LiveEnd"/>.</param>
public sealed record OverLiveView(Guid Id, string Reason);
