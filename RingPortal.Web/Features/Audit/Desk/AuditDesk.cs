using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data.Audit;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Jobs;

namespace RingPortal.Web.Features.Audit.Desk;

/// <summary>Has the trail verified when an operator asks.</summary>
internal sealed class AuditDesk(StaffActs acts, WorkWake work, TimeProvider clock)
{
    /// <summary>Starts a look at the whole trail, unless one is under way.</summary>
    public async Task<ActOutcome> VerifyAsync(ClaimsPrincipal person, string reason, CancellationToken cancellationToken)
    {
        var check = new AuditCheck { AskedAt = clock.GetUtcNow() };
        var alive = check.AskedAt - AuditChecks.Patience;
        var outcome = await acts.RunAsync(
            person, new StaffAct("audit.verify", $"check:{check.Id}", reason),
            async (context, stop) =>
            {
                if (await context.AuditChecks.AnyAsync(other => other.FinishedAt == null && (other.SeenAt ?? other.AskedAt) > alive, stop))
                {
                    return new ActResult(0, "admin.audit.verify.running");
                }

                context.AuditChecks.Add(check);
                return new ActResult(1);
            },
            cancellationToken);
        if (outcome is ActOutcome.Done)
        {
            work.VerifyAudit(check.Id);
        }

        return outcome;
    }
}
