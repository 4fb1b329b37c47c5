using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using RingPortal.Web.Account.Staff;

namespace RingPortal.Web.Features.Events.Gaps;

/// <summary>What operators decide about gaps; each decision is in the audit trail.</summary>
internal sealed class GapDesk(StaffActs acts, TimeProvider clock)
{
    /// <summary>Has the gaps of an outage that were given up, or wait long, filled now, with all their tries.</summary>
    /// <returns>The outcome; its count is the cameras concerned.</returns>
    public Task<ActOutcome> FillAgainAsync(ClaimsPrincipal person, DateTimeOffset outageEnd, string reason, CancellationToken cancellationToken) => acts.RunAsync(
        person, new StaffAct("gap.again", null, reason) { Details = new { until = outageEnd } },
        async (context, stop) =>
        {
            var now = clock.GetUtcNow();
            var again = await context.Database.ExecuteSqlAsync(
                $"""
                UPDATE event_gaps SET state = 'Open', attempts = 0, next_attempt_at = {now}, settled_at = NULL, trail = NULL
                WHERE to_at = {outageEnd} AND state <> 'Filled'
                """,
                stop);
            return again == 0 ? new ActResult(0, "admin.gap.none") : new ActResult(again);
        },
        cancellationToken);

    /// <summary>Lists a gap that the portal could not notice itself, because it was at work and yet got nothing.</summary>
    /// <returns>The outcome; its count is the cameras concerned.</returns>
    public Task<ActOutcome> ListAsync(ClaimsPrincipal person, DateTimeOffset from, DateTimeOffset to, string reason, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(from, to);
        return acts.RunAsync(
            person, new StaffAct("gap.listed", null, reason) { Details = new { from, until = to } },
            async (services, _, stop) => await services.GetRequiredService<GapFinder>().ListAsync(from, to, "operator", stop) is > 0 and var listed
                ? new ActResult(listed)
                : new ActResult(0, "admin.gap.none"),
            cancellationToken);
    }
}
