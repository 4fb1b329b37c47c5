using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Media.Album;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Media;

/// <summary>The job of albums, run now.</summary>
internal static class AlbumRuns
{
    /// <summary>Works on what is due of a camera. The portal's own timetable may be at it too: then until that has ended.</summary>
    public static async Task KeepAsync(this PortalHost portal, TestDatabase database, Guid camera)
    {
        var schedule = await database.ScalarAsync<Guid>($"SELECT id FROM snapshot_schedules WHERE device_id = '{camera}'");
        await using var scope = portal.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        await scope.ServiceProvider.GetRequiredService<TakeSnapshotJob>().RunAsync(schedule, CancellationToken.None);
        await Eventually.TrueAsync(() => database.ScalarAsync<bool>($"SELECT lease_id IS NULL FROM snapshot_schedules WHERE id = '{schedule}'"), TimeSpan.FromSeconds(60), "nobody works on it any more");
    }
}
