using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Webhooks.Dispatch;
using RingPortal.Web.Jobs;

namespace RingPortal.Web.Features.Webhooks.Desk;

/// <summary>What operators do to deliveries. Everything goes through <see cref="StaffActs"/>, with a reason, into the audit trail.</summary>
internal sealed class InboxDesk(StaffActs acts, InboxWake wake, WorkWake work, TimeProvider clock)
{
    /// <summary>How many are changed at once; more of them are an act that runs in the background.</summary>
    public const int MostAtOnce = InboxQueries.PageSize;

    /// <summary>Changes one delivery, or the few that were ticked.</summary>
    public async Task<ActOutcome> DecideAsync(ClaimsPrincipal person, InboxVerb verb, IReadOnlyList<Guid> deliveries, string reason, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(deliveries.Count, MostAtOnce);
        var act = deliveries is [var only]
            ? new StaffAct(InboxDecisions.ActionOf(verb), $"delivery:{only}", reason)
            : new StaffAct(InboxDecisions.ActionOf(verb), null, reason) { Details = new { deliveries } };
        var outcome = await acts.RunAsync(
            person, act,
            async (context, stop) => await context.DecideAsync(verb, [.. deliveries], bulkId: null, clock.GetUtcNow(), stop) is > 0 and var count
                ? new ActResult(count)
                : new ActResult(0, "admin.wh.changed"),
            cancellationToken);
        if (outcome is ActOutcome.Done && verb is InboxVerb.Again)
        {
            wake.Signal();
        }

        return outcome;
    }

    /// <summary>Has everything that matches changed in the background: one record in the trail, with the filter and the number.</summary>
    public async Task<ActOutcome> DecideAllAsync(ClaimsPrincipal person, InboxVerb verb, InboxFilter filter, string reason, CancellationToken cancellationToken)
    {
        if (filter.Tab.State() is not { } state || !state.Verbs().Contains(verb))
        {
            return new ActOutcome.Refused("admin.wh.changed");
        }

        var (id, chosen) = (Guid.CreateVersion7(), BulkFilter.Of(filter, state));
        var outcome = await acts.RunAsync(
            person, new StaffAct(InboxDecisions.ActionOf(verb), $"bulk:{id}", reason) { Details = chosen.Told },
            (context, stop) => AskAsync(context, id, verb, filter, chosen, stop),
            cancellationToken);
        if (outcome is ActOutcome.Done)
        {
            work.RunInboxBulk(id);
        }

        return outcome;
    }

    private async Task<ActResult> AskAsync(RingPortalContext context, Guid id, InboxVerb verb, InboxFilter filter, BulkFilter chosen, CancellationToken cancellationToken)
    {
        var matched = await context.Matching(filter, await context.CameraAsync(filter, cancellationToken)).In(filter.Tab.State()).CountAsync(cancellationToken);
        if (matched == 0)
        {
            return new ActResult(0, "admin.wh.changed");
        }

        context.InboxBulks.Add(new InboxBulk { Id = id, Verb = verb, Filter = chosen.Write(), AskedAt = clock.GetUtcNow(), Matched = matched });
        return new ActResult(matched);
    }

    /// <summary>Shows a payload whole, personal fields and all: that somebody looked, and why, is in the trail.</summary>
    /// <returns>The outcome, and the body when it is done.</returns>
    public async Task<(ActOutcome Outcome, byte[]? Body)> UnfoldAsync(ClaimsPrincipal person, Guid delivery, string reason, CancellationToken cancellationToken)
    {
        byte[]? body = null;
        var outcome = await acts.RunAsync(
            person, new StaffAct("webhook.read", $"delivery:{delivery}", reason),
            async (context, stop) =>
            {
                body = await context.Inbox.AsNoTracking().Where(row => row.Id == delivery).Select(row => row.Body).SingleOrDefaultAsync(stop);
                return body is null ? new ActResult(0, "admin.wh.gone") : new ActResult(1);
            },
            cancellationToken);
        return (outcome, outcome is ActOutcome.Done ? body : null);
    }
}
