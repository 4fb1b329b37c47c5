using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RingPortal.Data;

namespace RingPortal.Web.Features.Subscriptions;

/// <summary>Which cameras have access: while any active plan or trial of their link names them. Computed, so it changes with the plan at once.</summary>
internal sealed class PlanAccess(IOptionsMonitor<SubscriptionsOptions> options)
{
    /// <summary>The cameras of a person that have no plan though they need one.</summary>
    public async Task<IReadOnlySet<Guid>> WithoutPlanAsync(RingPortalContext context, Guid userId, CancellationToken cancellationToken)
    {
        if (options.CurrentValue.Gate is PlanGate.Off || await MayBypassAsync(context, userId, cancellationToken))
        {
            return new HashSet<Guid>();
        }

        var without = await context.Devices
            .Where(device => device.UserId == userId && !context.Subscriptions.Any(
                plan => plan.RingTokenId == device.RingTokenId && plan.Active && plan.RingDeviceIds.Contains(device.RingDeviceId)))
            .Select(device => device.Id).ToListAsync(cancellationToken);
        return without.ToHashSet();
    }

    private async Task<bool> MayBypassAsync(RingPortalContext context, Guid userId, CancellationToken cancellationToken)
    {
        var emails = options.CurrentValue.BypassEmails;
        if (emails.Count == 0)
        {
            return false;
        }

        var email = await context.Users.Where(user => user.Id == userId).Select(user => user.Email).SingleOrDefaultAsync(cancellationToken);
        return email is not null && emails.Contains(email, StringComparer.OrdinalIgnoreCase);
    }
}
