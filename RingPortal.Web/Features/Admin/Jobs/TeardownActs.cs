using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data.Teardown;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Jobs;

namespace RingPortal.Web.Features.Admin.Jobs;

/// <summary>What operators do to a removal that does not come to its end.</summary>
internal sealed class TeardownActs(StaffActs acts, WorkWake wake, TimeProvider clock)
{
    /// <summary>Lets the step that stopped be tried now instead of after its pause. Steps before it are done and stay done.</summary>
    public async Task<ActOutcome> TryAgainAsync(ClaimsPrincipal person, Guid id, string reason, CancellationToken cancellationToken)
    {
        var isDevice = false;
        var outcome = await acts.RunAsync(
            person,
            new StaffAct("teardown.retried", $"teardown:{id}", reason),
            async (context, stop) =>
            {
                var now = clock.GetUtcNow();
                var row = context.Teardowns.Where(work => work.Id == id && work.CompletedAt == null);
                isDevice = await row.AnyAsync(work => work.Kind == TeardownKind.Device, stop);
                var count = await row.Where(work => work.LeaseUntil == null || work.LeaseUntil <= now)
                    .ExecuteUpdateAsync(set => set.SetProperty(work => work.NextAttemptAt, (DateTimeOffset?)now), stop);
                return count > 0 ? new ActResult(1) : new ActResult(0, await row.AnyAsync(stop) ? "admin.jobs.refused.busy" : "admin.jobs.refused.over");
            },
            cancellationToken);
        if (outcome is ActOutcome.Done)
        {
            (isDevice ? wake.TearDownDevice : (Action<Guid>)wake.TearDownIntegration)(id);
        }

        return outcome;
    }
}
