using RingPortal.Data;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Devices;

/// <summary>Lists the cameras of one linked account.</summary>
public sealed class DeviceSync(RingPortalContext context, LinkAccess access, RingClient ring, TimeProvider clock)
{
    public async Task<RingResult<int>> SyncAsync(Guid ringTokenId, RingPriority priority, CancellationToken cancellationToken)
    {
        var listed = await access.CallAsync(ringTokenId, (token, ct) => ring.GetDevicesAsync(token, priority, ct), cancellationToken);
        if (!listed.TryGetValue(out var devices, out var failure))
        {
            return failure;
        }

        var row = await context.RingTokens.FindAsync([ringTokenId], cancellationToken);
        foreach (var device in devices)
        {
            context.Devices.Add(new Data.Devices.Device
            {
                RingTokenId = ringTokenId,
                UserId = row!.UserId!.Value,
                RingDeviceId = device.Id,
                Name = device.Name ?? "",
                Online = device.Online,
                RefreshedAt = clock.GetUtcNow(),
                AddedAt = clock.GetUtcNow(),
            });
        }

        await context.SaveChangesAsync(cancellationToken);
        return RingResult.Success(devices.Count);
    }
}
