using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Audit;
using RingPortal.Data.Devices;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Jobs;

namespace RingPortal.Web.Features.LiveView;

/// <summary>Keeps what became of live views, and what they teach about a camera.</summary>
internal sealed class LiveRecords(RingPortalContext context, AuditTrail audit, WorkWake wake, TimeProvider clock)
{
    /// <summary>Of battery cameras; also what is counted down where nothing is known (contract 8.1).</summary>
    public const int Shortest = 30;

    /// <summary>Of the others.</summary>
    public const int Longest = 60;

    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(5);

    /// <summary>Ring opened it. False when it ended meanwhile, or ends by this: then Ring must be told.</summary>
    /// <param name="place">The place that was taken for it.</param>
    /// <param name="path">Where it is ended at Ring.</param>
    /// <param name="ends">Why it ends at once; null when it runs.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    public async Task<bool> OpenedAsync(LivePlace.Taken place, string? path, string? ends, CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        var (id, now) = (place.Session.Id, clock.GetUtcNow());
        DateTimeOffset? endedAt = ends is null ? null : now;
        var deadline = now + TimeSpan.FromSeconds(place.Device.LiveLimitSeconds ?? Longest) + s_margin;
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.LiveSessions.Where(session => session.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(session => session.RingPath, path).SetProperty(session => session.OpenedAt, now).SetProperty(session => session.HeartbeatAt, now)
                .SetProperty(session => session.Deadline, deadline).SetProperty(session => session.NextAttemptAt, now)
                .SetProperty(session => session.EndedAt, session => session.EndedAt ?? endedAt).SetProperty(session => session.EndReason, session => session.EndReason ?? ends),
            cancellationToken);
        var runs = await context.LiveSessions.AnyAsync(session => session.Id == id && session.EndedAt == null, cancellationToken);
        if (runs)
        {
            await audit.AddAsync(
                context,
                new AuditEntry("live.started", AuditActor.Person) { ActorUserId = place.Session.UserId, SubjectUserId = place.Session.UserId, Target = $"device:{place.Device.Id}", Details = new { liveView = id } },
                cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return runs;
    }

    /// <summary>Ring opened nothing: the place is free again.</summary>
    public Task FailedAsync(Guid id, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return context.LiveSessions.Where(session => session.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(session => session.EndedAt, session => session.EndedAt ?? now).SetProperty(session => session.EndReason, session => session.EndReason ?? LiveEnd.Failed)
                .SetProperty(session => session.ClosedAt, now).SetProperty(session => session.NextAttemptAt, (DateTimeOffset?)null),
            cancellationToken);
    }

    /// <summary>A page says that somebody still watches.</summary>
    /// <returns>Null when there is no such live view of this person, else why it is over; empty while it runs.</returns>
    public async Task<string?> BeatAsync(Guid id, Guid userId, bool frames, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        await context.LiveSessions.Where(session => session.Id == id && session.UserId == userId && session.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.HeartbeatAt, now), cancellationToken);
        var session = await context.LiveSessions.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.UserId == userId, cancellationToken);
        // Pictures that still come then tell that Ring's limit is the longer one.
        if (frames && session is { EndedAt: null, OpenedAt: { } opened } && now - opened > TimeSpan.FromSeconds(Shortest + 0.5))
        {
            await LearnAsync(session.DeviceId, Longest, cancellationToken);
        }

        return session is null ? null : session.EndedAt is null ? "" : session.EndReason ?? LiveEnd.Stopped;
    }

    /// <summary>The picture stopped by itself: at the time of the shorter limit, that is what it was.</summary>
    public async Task StoppedByItselfAsync(Guid id, Guid userId, CancellationToken cancellationToken)
    {
        var session = await context.LiveSessions.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.UserId == userId, cancellationToken);
        if (session is { EndedAt: null, OpenedAt: { } opened } && clock.GetUtcNow() - opened is { TotalSeconds: > Shortest - 2 and < Shortest + 12 })
        {
            await LearnAsync(session.DeviceId, Shortest, cancellationToken);
        }
    }

    /// <summary>Ring knows no such camera, says one answer: a full reading decides.</summary>
    public async Task SuspectAsync(Device device, CancellationToken cancellationToken)
    {
        await context.AskAsync(device.RingTokenId, SyncKind.Devices, device.RingDeviceId, clock.GetUtcNow(), cancellationToken);
        wake.Sync(SyncKind.Devices, device.RingTokenId);
    }

    private Task<int> LearnAsync(Guid deviceId, int seconds, CancellationToken cancellationToken) => context.Devices
        .Where(device => device.Id == deviceId && (device.LiveLimitSeconds == null || device.LiveLimitSeconds < seconds))
        .ExecuteUpdateAsync(set => set.SetProperty(device => device.LiveLimitSeconds, seconds), cancellationToken);
}
