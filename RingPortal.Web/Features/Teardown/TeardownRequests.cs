using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Audit;
using RingPortal.Data.Devices;
using RingPortal.Data.Teardown;
using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.LiveView;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Web.Features.Teardown;

/// <summary>
/// The first step of every removal, in the transaction that learns of it: pages change and live views end at once, tokens
/// are gone, and a row tells the job what is left to do. The caller saves, commits, tells the pages, and wakes the job.
/// </summary>
public sealed class TeardownRequests(AuditTrail audit, LiveSessions sessions, TimeProvider clock)
{
    /// <summary>Marks a camera as removed and asks for its teardown. The row must be locked and not yet removed.</summary>
    /// <param name="context">The caller's unit of work.</param>
    /// <param name="device">The camera, tracked.</param>
    /// <param name="cause">Why.</param>
    /// <param name="occurredAt">When it was removed at Ring (UTC).</param>
    /// <param name="inboxId">The delivery that said so.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<TeardownWork> DeviceAsync(
        RingPortalContext context, Device device, TeardownCause cause, DateTimeOffset occurredAt, Guid? inboxId, CancellationToken cancellationToken)
    {
        device.RemovedAt = occurredAt;
        var work = Add(context, new TeardownWork
        {
            Kind = TeardownKind.Device,
            Cause = cause,
            RingTokenId = device.RingTokenId,
            UserId = device.UserId,
            DeviceId = device.Id,
            RingDeviceId = device.RingDeviceId,
            Name = device.Name,
            OccurredAt = occurredAt,
            RequestedAt = clock.GetUtcNow(),
            InboxId = inboxId,
            NextAttemptAt = clock.GetUtcNow(),
        });
        AddMark(context, work);
        await sessions.EndForDeviceAsync(context, device.Id, "removed", cancellationToken);
        await audit.AddAsync(
            context,
            new AuditEntry("device.removed", Actor(cause)) { SubjectUserId = device.UserId, Target = $"device:{device.Id}", Details = new { teardown = work.Id, cause = $"{cause}", occurredAt } },
            cancellationToken);
        return work;
    }

    /// <summary>Remembers the removal of a camera that is not known here, so that older news does not bring it in.</summary>
    public TeardownWork UnknownDevice(RingPortalContext context, RingToken link, string ringDeviceId, DateTimeOffset occurredAt, Guid? inboxId)
    {
        var now = clock.GetUtcNow();
        return Add(context, new TeardownWork
        {
            Kind = TeardownKind.Device,
            Cause = TeardownCause.Webhook,
            RingTokenId = link.Id,
            UserId = link.UserId,
            RingDeviceId = ringDeviceId,
            OccurredAt = occurredAt,
            RequestedAt = now,
            InboxId = inboxId,
            CompletedAt = now,
        });
    }

    /// <summary>Ends a link: tokens are erased, cameras are hidden at once, and the rest is asked for. The row must be locked.</summary>
    /// <param name="context">The caller's unit of work.</param>
    /// <param name="link">The link, tracked, in a state that may end.</param>
    /// <param name="ended"><see cref="RingTokenState.Removed"/> or <see cref="RingTokenState.Disconnected"/>.</param>
    /// <param name="cause">Why.</param>
    /// <param name="occurredAt">When it ended (UTC).</param>
    /// <param name="inboxId">The delivery that said so.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<TeardownWork> IntegrationAsync(
        RingPortalContext context, RingToken link, RingTokenState ended, TeardownCause cause, DateTimeOffset occurredAt, Guid? inboxId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        link.End(ended, now);
        await context.Devices.Where(device => device.RingTokenId == link.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(device => device.RemovedAt, occurredAt), cancellationToken);
        await context.SyncRequests.Where(request => request.RingTokenId == link.Id).ExecuteDeleteAsync(cancellationToken);
        var work = Add(context, new TeardownWork
        {
            Kind = TeardownKind.Integration,
            Cause = cause,
            RingTokenId = link.Id,
            UserId = link.UserId,
            Name = link.MaskedAccount,
            OccurredAt = occurredAt,
            RequestedAt = now,
            InboxId = inboxId,
            NextAttemptAt = now,
        });
        AddMark(context, work);
        await sessions.EndForLinkAsync(context, link.Id, "removed", cancellationToken);
        await audit.AddAsync(
            context,
            new AuditEntry("link.ended", Actor(cause)) { ActorUserId = cause is TeardownCause.Person ? link.UserId : null, SubjectUserId = link.UserId, Target = $"link:{link.Id}", Details = new { teardown = work.Id, cause = $"{cause}", state = ended.Name(), occurredAt } },
            cancellationToken);
        return work;
    }

    private static AuditActor Actor(TeardownCause cause) =>
        cause switch
        {
            TeardownCause.Person => AuditActor.Person,
            TeardownCause.Operator => AuditActor.Staff,
            TeardownCause.Webhook => AuditActor.Ring,
            _ => AuditActor.Portal,
        };

    private static void AddMark(RingPortalContext context, TeardownWork work) => context.TeardownSteps.Add(new TeardownStep
    {
        TeardownId = work.Id,
        Position = 1,
        Name = TeardownPlan.Marked,
        StartedAt = work.RequestedAt,
        FinishedAt = work.RequestedAt,
        Attempts = 1,
        Result = "pages changed",
    });

    private static TeardownWork Add(RingPortalContext context, TeardownWork work)
    {
        context.Teardowns.Add(work);
        return work;
    }
}
