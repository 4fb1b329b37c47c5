using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Devices;
using RingPortal.Data.Teardown;

namespace RingPortal.Web.Features.Teardown.Steps;

/// <summary>Which rows a teardown is about.</summary>
internal static class TornDown
{
    /// <summary>The cameras: the one, or all that were marked with their connection. Never one that is shared.</summary>
    public static IQueryable<Device> Cameras(this RingPortalContext context, TeardownWork work)
    {
        var removed = context.Devices.IgnoreQueryFilters().Where(device => device.RemovedAt != null);
        return work.Kind is TeardownKind.Device
            ? removed.Where(device => device.Id == work.DeviceId)
            : removed.Where(device => device.RingTokenId == work.RingTokenId);
    }
}
