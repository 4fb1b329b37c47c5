using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RingPortal.Data;
using RingPortal.Data.Devices;
using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Pruning;
using RingPortal.Web.Features.Subscriptions;

namespace RingPortal.Web.Features.Events.History;

/// <summary>Which cameras have a history to be read: shared by a connection that works, and with a plan where one is needed.</summary>
internal sealed class HistoryCameras(RingPortalContext context, PlanAccess plans, IOptionsMonitor<RetentionOptions> retention, TimeProvider clock)
{
    /// <summary>Those of a person; of these alone where some are named.</summary>
    public async Task<IReadOnlyList<HistoryCamera>> OfPersonAsync(Guid userId, IReadOnlyCollection<Guid> cameras, CancellationToken cancellationToken)
    {
        var found = await FindAsync(context.Devices.Where(device => device.UserId == userId && (cameras.Count == 0 || cameras.Contains(device.Id))), cancellationToken);
        var closed = await plans.WithoutPlanAsync(context, userId, cancellationToken);
        return [.. found.Where(camera => !closed.Contains(camera.DeviceId))];
    }

    /// <summary>One camera, for a job; null when its history cannot be read now.</summary>
    public async Task<HistoryCamera?> OneAsync(Guid deviceId, CancellationToken cancellationToken) =>
        (await FindAsync(context.Devices.Where(device => device.Id == deviceId), cancellationToken)).SingleOrDefault();

    private async Task<List<HistoryCamera>> FindAsync(IQueryable<Device> devices, CancellationToken cancellationToken)
    {
        var kept = clock.GetUtcNow().AddDays(-retention.CurrentValue.Events.RetentionDays);
        var found = await devices.AsNoTracking()
            .Join(
                context.RingTokens.Where(token => token.State == RingTokenState.Active || token.State == RingTokenState.Confirmed),
                device => device.RingTokenId, token => token.Id, (device, token) => new { device.Id, device.UserId, device.RingTokenId, device.RingDeviceId, token.ReceivedAt })
            .OrderBy(row => row.Id)
            .ToListAsync(cancellationToken);
        return found.ConvertAll(row => new HistoryCamera(row.Id, row.UserId, row.RingTokenId, row.RingDeviceId, row.ReceivedAt > kept ? row.ReceivedAt : kept));
    }
}
