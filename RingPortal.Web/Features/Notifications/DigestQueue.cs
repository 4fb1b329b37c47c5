using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Data.Notifications;
using RingPortal.Web.Account;
using RingPortal.Web.Features.Events;
using RingPortal.Web.Features.Subscriptions;

namespace RingPortal.Web.Features.Notifications;

/// <summary>
/// Turns what waits to be told into messages. The message is written in the transaction that forgets what it tells, under
/// the row's lock: nothing is told twice, nothing is lost, whoever else runs.
/// </summary>
internal sealed class DigestQueue(RingPortalContext context, MailComposer composer, Outbox outbox, UnsubscribeSecrets secrets, PlanAccess plans, TimeProvider clock)
{
    /// <summary>Settles the next one that is due; null when none is.</summary>
    /// <returns>Whether a message was written: not for an unconfirmed address, nor for a camera that is gone or has no plan though it needs one.</returns>
    public async Task<bool?> SettleNextAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var due = await context.NotificationPreferences
            .FromSql($"SELECT * FROM notification_preferences WHERE due_at <= {now} ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED")
            .ToListAsync(cancellationToken);
        if (due is not [var preference])
        {
            return null;
        }

        var written = await WriteAsync(preference, now, cancellationToken);
        Forget(preference);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return written;
    }

    private async Task<bool> WriteAsync(NotificationPreference preference, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var camera = await context.Devices.AsNoTracking().Where(device => device.Id == preference.DeviceId && device.UserId == preference.UserId)
            .SingleOrDefaultAsync(cancellationToken);
        PortalUser? person = await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == preference.UserId && user.EmailConfirmed, cancellationToken);
        if (camera is null || person?.Email is null || preference.StoppedAt is not null || preference is not { PendingSince: { } from, PendingUntil: { } to })
        {
            return false;
        }

        if (await plans.OfAsync(context, camera, cancellationToken) is { IsActive: false })
        {
            return false;
        }

        var notice = new DigestNotice(
            camera.Name, preference.PendingPress, preference.PendingPerson, preference.PendingOffline, from, to, now,
            TimelineFilter.All.With(preference.DeviceId, true).Address(), secrets.PathOf(preference));
        outbox.Add(context, person.Id, MailKind.Digest, composer.Digest(person.Email, notice, TimeZones.OrUtc(person.TimeZone)));
        preference.LastMailAt = now;
        return true;
    }

    private static void Forget(NotificationPreference preference)
    {
        (preference.PendingPress, preference.PendingPerson, preference.PendingOffline) = (0, 0, 0);
        (preference.PendingSince, preference.PendingUntil, preference.DueAt) = (null, null, null);
    }
}
