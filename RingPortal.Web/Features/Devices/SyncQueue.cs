using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Devices;

namespace RingPortal.Web.Features.Devices;

/// <summary>What is to be read again of a link, and what became of the reading. Asking again meanwhile is never lost.</summary>
internal sealed class SyncQueue(RingPortalContext context, TimeProvider clock)
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(10);

    /// <summary>What is due now.</summary>
    public Task<List<SyncRequest>> DueAsync(Guid ringTokenId, SyncKind kind, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return context.SyncRequests.AsNoTracking()
            .Where(request => request.RingTokenId == ringTokenId && request.Kind == kind && request.NextAttemptAt <= now)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The reading that began after these requests is done.</summary>
    public async Task SettleAsync(IReadOnlyList<SyncRequest> requests, CancellationToken cancellationToken)
    {
        foreach (var asked in requests)
        {
            await context.SyncRequests.Where(request => request.Id == asked.Id && request.Version == asked.Version).ExecuteDeleteAsync(cancellationToken);
        }
    }

    /// <summary>The reading failed: 2, 4, 8 ... s until the next one, at most 10 min.</summary>
    public async Task LaterAsync(IReadOnlyList<SyncRequest> requests, string error, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var asked in requests)
        {
            var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(asked.Attempts + 1, 12)));
            var next = now + (pause < s_longestPause ? pause : s_longestPause);
            await context.SyncRequests.Where(request => request.Id == asked.Id && request.Version == asked.Version)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(request => request.Attempts, request => request.Attempts + 1)
                        .SetProperty(request => request.NextAttemptAt, next).SetProperty(request => request.LastError, error),
                    cancellationToken);
        }
    }
}
