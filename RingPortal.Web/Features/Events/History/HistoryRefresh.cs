using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Events.History;

/// <summary>What a page wants of the history.</summary>
/// <param name="Cameras">Of these cameras; none named means all.</param>
/// <param name="Age">The newest end is read again when it was read longer ago than that; null leaves it alone.</param>
/// <param name="Until">How far back; null for no further than it was read.</param>
internal sealed record HistoryWish(IReadOnlyCollection<Guid> Cameras, TimeSpan? Age, DateTimeOffset? Until);

/// <summary>
/// Reads the history while somebody looks. One reading of a camera at a time over all instances; a page that leaves does not
/// break off a reading, because tokens may be on their way.
/// </summary>
internal sealed partial class HistoryRefresh(
    IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<HistoryRefresh> logger)
{
    /// <summary>What a reader who has just come takes as fresh.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(60);

    /// <summary>The same while the page stays open: deliveries bring the news.</summary>
    public static readonly TimeSpan FreshMeanwhile = TimeSpan.FromMinutes(10);

    /// <summary>Of many cameras so many are read at a time, those that were read least far back first.</summary>
    private const int MostCameras = 10;

    /// <summary>A reading that was begun and has not ended by now is taken for dead.</summary>
    private static readonly TimeSpan s_begun = TimeSpan.FromSeconds(30);

    /// <summary>Reads what the page wants.</summary>
    /// <returns>Whether anything was read here.</returns>
    public Task<bool> RefreshAsync(Guid userId, HistoryWish wish, RingPriority priority, CancellationToken cancellationToken) =>
        RunAsync(userId, wish, priority, cancellationToken).WaitAsync(cancellationToken);

    private async Task<bool> RunAsync(Guid userId, HistoryWish wish, RingPriority priority, CancellationToken page)
    {
        var stopping = lifetime.ApplicationStopping;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
            var cameras = await scope.ServiceProvider.GetRequiredService<HistoryCameras>().OfPersonAsync(userId, wish.Cameras, stopping);
            var hasRead = false;
            foreach (var camera in await LeastFarAsync(context, cameras, stopping))
            {
                if (await TakeAsync(context, camera, wish, stopping))
                {
                    await ReadAsync(scope.ServiceProvider.GetRequiredService<HistoryReader>(), camera, wish, priority, stopping);
                    hasRead = true;
                }
            }

            return hasRead;
        }
        catch (Exception exception) when (page.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            Log.FailedUnseen(logger, exception, userId);
            return false;
        }
    }

    private static async Task ReadAsync(HistoryReader reader, HistoryCamera camera, HistoryWish wish, RingPriority priority, CancellationToken cancellationToken)
    {
        var answers = wish.Age is not { } age || await reader.NewestAsync(camera, age, priority, cancellationToken);
        if (answers && wish.Until is { } until)
        {
            await reader.OlderAsync(camera, until, priority, cancellationToken);
        }
    }

    private static async Task<IEnumerable<HistoryCamera>> LeastFarAsync(RingPortalContext context, IReadOnlyList<HistoryCamera> cameras, CancellationToken cancellationToken)
    {
        var ids = cameras.Select(camera => camera.DeviceId).ToList();
        var read = await context.DeviceHistories.Where(history => ids.Contains(history.DeviceId))
            .Select(history => new { history.DeviceId, history.ReadFrom, history.IsComplete }).ToDictionaryAsync(history => history.DeviceId, cancellationToken);
        return cameras.OrderBy(camera => read.GetValueOrDefault(camera.DeviceId)?.IsComplete is true)
            .ThenByDescending(camera => read.GetValueOrDefault(camera.DeviceId)?.ReadFrom ?? DateTimeOffset.MaxValue).Take(MostCameras);
    }

    private async Task<bool> TakeAsync(RingPortalContext context, HistoryCamera camera, HistoryWish wish, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (old, dead) = (now - (wish.Age ?? TimeSpan.Zero), now - s_begun);
        var (asksOld, asksNew) = (wish.Until is not null, wish.Age is not null);
        return await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO device_histories (device_id, is_complete, started_at)
            SELECT id, false, {now} FROM devices WHERE id = {camera.DeviceId} AND removed_at IS NULL FOR KEY SHARE
            ON CONFLICT (device_id) DO UPDATE SET started_at = excluded.started_at
            WHERE (device_histories.started_at IS NULL OR device_histories.started_at < {dead})
              AND (({asksNew} AND (device_histories.read_at IS NULL OR device_histories.read_at < {old}))
                OR ({asksOld} AND NOT device_histories.is_complete AND (device_histories.read_from IS NULL OR device_histories.read_from >= {wish.Until}::timestamptz)))
            """,
            cancellationToken) > 0;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The event history of {UserId} could not be read after their page was left")]
        public static partial void FailedUnseen(ILogger logger, Exception exception, Guid userId);
    }
}
