using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Devices;
using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Subscriptions;

namespace RingPortal.Web.Features.Media;

/// <summary>Whose pictures somebody may ask for: what belongs to somebody else, or is no longer shared, does not exist.</summary>
internal sealed class MediaQueries(IServiceScopeFactory scopes, PlanAccess plans)
{
    /// <summary>A camera of this person.</summary>
    public async Task<MediaCamera?> CameraAsync(Guid userId, Guid deviceId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await CameraAsync(scope.ServiceProvider.GetRequiredService<RingPortalContext>(), userId, deviceId, cancellationToken);
    }

    /// <summary>An event of a camera of this person.</summary>
    public async Task<MediaEvent?> EventAsync(Guid userId, Guid eventId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        var found = await context.DeviceEvents.Where(entry => entry.Id == eventId && entry.UserId == userId)
            .Select(entry => new { entry.DeviceId, entry.OccurredAt, entry.EndedAt }).SingleOrDefaultAsync(cancellationToken);
        return found is not null && await CameraAsync(context, userId, found.DeviceId, cancellationToken) is { } camera ? new MediaEvent(camera, found.OccurredAt, found.EndedAt) : null;
    }

    /// <summary>The same, in the caller's unit of work.</summary>
    public async Task<MediaCamera?> CameraAsync(RingPortalContext context, Guid userId, Guid deviceId, CancellationToken cancellationToken)
    {
        var found = await context.Devices.AsNoTracking()
            .Where(device => device.Id == deviceId && device.UserId == userId)
            .Join(
                context.RingTokens.Where(token => token.UserId == userId && RingTokenTransitions.Living.Contains(token.State)),
                device => device.RingTokenId, token => token.Id, (device, token) => new { device, Since = token.LinkedAt ?? token.ClaimedAt ?? token.ReceivedAt })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var device = found.device;
        return new MediaCamera(
            device.Id, device.UserId, device.RingTokenId, device.RingDeviceId, device.Name,
            device.AddedAt > found.Since ? device.AddedAt : found.Since,
            device.Online is false && device.MissingSince is null,
            device.ProtectedAt is not null,
            await context.Users.Where(user => user.Id == userId).Select(user => user.TimeZone).SingleOrDefaultAsync(cancellationToken),
            await NeedsPlanAsync(context, device, cancellationToken));
    }

    private async Task<bool> NeedsPlanAsync(RingPortalContext context, Device device, CancellationToken cancellationToken) =>
        await plans.OfAsync(context, device, cancellationToken) is { IsActive: false };
}
