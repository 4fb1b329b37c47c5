using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Tokens;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Devices;

/// <summary>
/// Keeps cameras fresh while somebody looks. One refresh at a time per link over all instances; a page that leaves
/// does not break off a refresh, because tokens may be on their way.
/// </summary>
internal sealed partial class DeviceRefresh(
    IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<DeviceRefresh> logger)
{
    /// <summary>What a page takes as fresh.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(60);

    /// <summary>A refresh that was begun and has not ended by now is taken for dead; also the pause after a failure.</summary>
    private static readonly TimeSpan s_begun = TimeSpan.FromSeconds(30);

    /// <summary>Refreshes the links of a person whose cameras were listed longer ago than that; others are left alone.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="age">How old is old.</param>
    /// <param name="priority">Interactive for the first look, background while the page stays open.</param>
    /// <param name="cancellationToken">Stops waiting; the refresh goes on.</param>
    /// <returns>Whether anything was refreshed here.</returns>
    public Task<bool> RefreshIfOlderAsync(Guid userId, TimeSpan age, RingPriority priority, CancellationToken cancellationToken) =>
        RunAsync(userId, age, priority, cancellationToken).WaitAsync(cancellationToken);

    private async Task<bool> RunAsync(Guid userId, TimeSpan age, RingPriority priority, CancellationToken page)
    {
        var stopping = lifetime.ApplicationStopping;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
            var sync = scope.ServiceProvider.GetRequiredService<DeviceSync>();
            var refreshed = false;
            foreach (var link in await OldLinksAsync(context, userId, age, stopping))
            {
                if (await TakeAsync(context, link, age, stopping))
                {
                    refreshed |= (await sync.SyncAsync(link, priority, stopping)).IsSuccess;
                }
            }

            return refreshed;
        }
        catch (Exception exception) when (page.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            Log.FailedUnseen(logger, exception, userId);
            return false;
        }
    }

    private Task<List<Guid>> OldLinksAsync(RingPortalContext context, Guid userId, TimeSpan age, CancellationToken cancellationToken)
    {
        var old = clock.GetUtcNow() - age;
        return context.RingTokens
            .Where(token => token.UserId == userId
                && (token.State == RingTokenState.Active || token.State == RingTokenState.Confirmed)
                && (token.DevicesSyncedAt == null || token.DevicesSyncedAt < old))
            .OrderBy(token => token.Id).Select(token => token.Id).ToListAsync(cancellationToken);
    }

    private async Task<bool> TakeAsync(RingPortalContext context, Guid link, TimeSpan age, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (old, dead) = (now - age, now - s_begun);
        return await context.RingTokens
            .Where(token => token.Id == link
                && (token.DevicesSyncedAt == null || token.DevicesSyncedAt < old)
                && (token.DevicesSyncStartedAt == null || token.DevicesSyncStartedAt < dead))
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.DevicesSyncStartedAt, now), cancellationToken) > 0;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The cameras of {UserId} could not be refreshed after their page was left")]
        public static partial void FailedUnseen(ILogger logger, Exception exception, Guid userId);
    }
}
