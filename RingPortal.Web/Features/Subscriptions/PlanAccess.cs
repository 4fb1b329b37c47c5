using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RingPortal.Data;
using RingPortal.Data.Devices;
using RingPortal.Data.Subscriptions;

namespace RingPortal.Web.Features.Subscriptions;

/// <summary>Which cameras have access: while any active plan or trial of their link names them. Computed, so it changes with the plan at once.</summary>
internal sealed class PlanAccess(IOptionsMonitor<SubscriptionsOptions> options)
{
    private const string Trial = "trial";

    /// <summary>The cameras of a person that have no plan though they need one.</summary>
    public async Task<IReadOnlySet<Guid>> WithoutPlanAsync(RingPortalContext context, Guid userId, CancellationToken cancellationToken)
    {
        if (!await IsNeededAsync(context, userId, cancellationToken))
        {
            return new HashSet<Guid>();
        }

        var without = await context.Devices
            .Where(device => device.UserId == userId && !context.Subscriptions.Any(
                plan => plan.RingTokenId == device.RingTokenId && plan.Active && plan.RingDeviceIds.Contains(device.RingDeviceId)))
            .Select(device => device.Id).ToListAsync(cancellationToken);
        return without.ToHashSet();
    }

    /// <summary>The plan of one camera, of several the one that lasts longest; null where none is needed.</summary>
    public async Task<CameraPlan?> OfAsync(RingPortalContext context, Device device, CancellationToken cancellationToken)
    {
        if (!await IsNeededAsync(context, device.UserId, cancellationToken))
        {
            return null;
        }

        var active = await context.Subscriptions.AsNoTracking()
            .Where(plan => plan.RingTokenId == device.RingTokenId && plan.Active && plan.RingDeviceIds.Contains(device.RingDeviceId))
            .ToListAsync(cancellationToken);
        Subscription? best = active.OrderBy(plan => plan.SubType == Trial).ThenByDescending(plan => plan.ExpiresAt).FirstOrDefault();
        return best is null ? new CameraPlan(IsActive: false) : new CameraPlan(IsActive: true, best.SubType == Trial, best.ExpiresAt);
    }

    private async Task<bool> IsNeededAsync(RingPortalContext context, Guid userId, CancellationToken cancellationToken)
    {
        if (options.CurrentValue.Gate is PlanGate.Off)
        {
            return false;
        }

        var emails = options.CurrentValue.BypassEmails;
        if (emails.Count == 0)
        {
            return true;
        }

        var email = await context.Users.Where(user => user.Id == userId).Select(user => user.Email).SingleOrDefaultAsync(cancellationToken);
        return email is null || !emails.Contains(email, StringComparer.OrdinalIgnoreCase);
    }
}
