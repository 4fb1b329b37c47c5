using System.Security.Claims;
using RingPortal.Web.Components;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Subscriptions;

/// <summary>No camera of the person has a plan, so nothing here works. One camera without a plan says so in its own place.</summary>
internal sealed class NoPlanBanner(DeviceQueries devices, Texts texts) : IBannerSource
{
    public int Order => 20;

    public async Task<Banner?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var userId))
        {
            return null;
        }

        var cameras = await devices.NamesAsync(userId, cancellationToken);
        return cameras.Count > 0 && cameras.All(camera => camera.NeedsPlan)
            ? new Banner(nameof(StatusKind.Warning), texts["plan.none.body"], Title: texts["plan.none.all"])
            : null;
    }
}
