using Microsoft.EntityFrameworkCore;
using Npgsql;
using RingPortal.Data;
using RingPortal.Data.Devices;
using RingPortal.Data.LiveView;

namespace RingPortal.Web.Features.LiveView;

/// <summary>
/// Gives out places at cameras, one each and two a person, as rows and before Ring is asked: however many ask at once, on
/// however many instances, Ring never opens one too many.
/// </summary>
internal sealed class LivePlaces(RingPortalContext context, LiveSessions sessions, LiveViewEnds ends, LiveInstance instance, TimeProvider clock)
{
    public const int MostAtOnce = 2;

    /// <summary>Seed of the advisory lock behind which the questions of one person stand in line.</summary>
    public const long Line = 7_214_500;

    /// <summary>Each waits for as long as the database lets anybody wait for a lock (2 s).</summary>
    private const int MostWaits = 4;
    private static readonly TimeSpan s_crowded = TimeSpan.FromSeconds(2);

    /// <summary>The place, or why there is none. Where something was ended for it, Ring must be told first and then asked again.</summary>
    public async Task<LivePlace> TakeAsync(LiveAsk ask, CancellationToken cancellationToken)
    {
        for (var wait = 0; wait < MostWaits; wait++)
        {
            try
            {
                return await TakeOnceAsync(ask, cancellationToken);
            }
            catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.LockNotAvailable)
            {
                // Others ask in front; what they did is committed or undone by now.
            }
        }

        return new LivePlace.None(new LiveAnswer.Trouble(LiveTrouble.Crowded, s_crowded));
    }

    private async Task<LivePlace> TakeOnceAsync(LiveAsk ask, CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // One question of a person at a time, whatever the camera.
        await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({ask.UserId.ToString()}, {Line}))", cancellationToken);
        // A removal waits for this place and then ends it, or this waits for the removal and finds no camera.
        if (await DeviceAsync(ask, cancellationToken) is not { } device)
        {
            return new LivePlace.None(new LiveAnswer.NotThere());
        }

        ends.Tell(await sessions.EndOverdueAsync(context, ask.UserId, cancellationToken));
        var place = await TakeAsync(ask, device, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return place;
    }

    private Task<Device?> DeviceAsync(LiveAsk ask, CancellationToken cancellationToken) => context.Devices
        .FromSql($"SELECT * FROM devices WHERE id = {ask.DeviceId} AND user_id = {ask.UserId} AND removed_at IS NULL FOR SHARE")
        .AsNoTracking().SingleOrDefaultAsync(cancellationToken);

    private async Task<LivePlace> TakeAsync(LiveAsk ask, Device device, CancellationToken cancellationToken)
    {
        var open = await context.LiveSessions.AsNoTracking()
            .Where(session => session.ClosedAt == null && (session.UserId == ask.UserId || session.DeviceId == ask.DeviceId))
            .OrderBy(session => session.StartedAt).ThenBy(session => session.Id).ToListAsync(cancellationToken);
        var there = open.Find(session => session.DeviceId == ask.DeviceId);
        var others = open.Where(session => session.DeviceId != ask.DeviceId && session.EndedAt is null).ToList();
        return there is not null ? await HeldAsync(ask, there, cancellationToken)
            : others.Count >= MostAtOnce ? await ThirdAsync(ask, others[0], cancellationToken)
            : await InsertAsync(ask, device, cancellationToken);
    }

    private async Task<LivePlace> HeldAsync(LiveAsk ask, LiveSession there, CancellationToken cancellationToken)
    {
        var own = there.UserId == ask.UserId;
        if (there.EndedAt is null && (!own || !ask.TakeOver))
        {
            return new LivePlace.None(new LiveAnswer.Busy(own));
        }

        if (there.EndedAt is null)
        {
            ends.Tell(await sessions.EndAsync(context, new LiveSelection { Id = there.Id }, LiveEnd.TakenOver, cancellationToken));
        }

        return new LivePlace.Ending(there.DeviceId);
    }

    private async Task<LivePlace> ThirdAsync(LiveAsk ask, LiveSession oldest, CancellationToken cancellationToken)
    {
        if (!ask.StopOldest)
        {
            var name = await context.Devices.Where(device => device.Id == oldest.DeviceId).Select(device => device.Name).SingleOrDefaultAsync(cancellationToken);
            return new LivePlace.None(new LiveAnswer.Two(oldest.DeviceId, name ?? ""));
        }

        ends.Tell(await sessions.EndAsync(context, new LiveSelection { Id = oldest.Id }, LiveEnd.Third, cancellationToken));
        return new LivePlace.Ending(oldest.DeviceId);
    }

    private async Task<LivePlace> InsertAsync(LiveAsk ask, Device device, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var session = new LiveSession
        {
            DeviceId = device.Id,
            RingTokenId = device.RingTokenId,
            UserId = ask.UserId,
            InstanceId = instance.Id,
            StartedAt = now,
            HeartbeatAt = now,
            Deadline = now + LiveSessions.Longest,
        };
        context.LiveSessions.Add(session);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return new LivePlace.Taken(session, device);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return new LivePlace.None(new LiveAnswer.Busy(Own: false));
        }
    }
}

/// <summary>A place at a camera.</summary>
internal abstract record LivePlace
{
    private LivePlace()
    {
    }

    /// <summary>It is taken: Ring may be asked.</summary>
    public sealed record Taken(LiveSession Session, Device Device) : LivePlace;

    /// <summary>There is none.</summary>
    public sealed record None(LiveAnswer Answer) : LivePlace;

    /// <summary>A live view at this camera ends; then there may be one.</summary>
    public sealed record Ending(Guid DeviceId) : LivePlace;
}
