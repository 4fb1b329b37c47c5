using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RingPortal.Data;

namespace RingPortal.Web.Features.Notifications;

/// <summary>What a person chose for one camera.</summary>
/// <param name="DeviceId">The camera.</param>
/// <param name="Camera">Its name.</param>
/// <param name="Press">When somebody rings.</param>
/// <param name="Person">When Ring sees a person.</param>
/// <param name="Offline">When it goes offline.</param>
/// <param name="PeriodMinutes">At most one message in so many minutes.</param>
public sealed record NotificationChoice(Guid DeviceId, string Camera, bool Press, bool Person, bool Offline, int PeriodMinutes)
{
    /// <summary>Whether anything is told at all.</summary>
    public bool IsOn => Press || Person || Offline;
}

/// <summary>What a person wants to be told about their cameras; all of it is off until they choose.</summary>
internal sealed class NotificationSettings(RingPortalContext context, IOptions<NotificationOptions> options, TimeProvider clock)
{
    public const string Page = "/Account/Notifications";

    /// <summary>How often at most, in minutes; the first is offered before a choice.</summary>
    public static IReadOnlyList<int> Periods { get; } = [60, 15, 1440];

    /// <summary>Whether messages about cameras that go offline are offered.</summary>
    public bool OffersOffline => options.Value.AllowsOfflineMails;

    /// <summary>The choices for all cameras of a person, by name.</summary>
    public async Task<IReadOnlyList<NotificationChoice>> OfAsync(Guid userId, CancellationToken cancellationToken)
    {
        var rows = await context.Devices.AsNoTracking().Where(device => device.UserId == userId)
            .LeftJoin(
                context.NotificationPreferences.Where(preference => preference.UserId == userId),
                device => device.Id,
                preference => preference.DeviceId,
                (device, preference) => new { device.Id, device.Name, preference })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.OrderBy(row => row.Name, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.Id).Select(row => row.preference is { StoppedAt: null } chosen
                ? new NotificationChoice(row.Id, row.Name, chosen.Press, chosen.Person, chosen.Offline && OffersOffline, chosen.PeriodMinutes)
                : new NotificationChoice(row.Id, row.Name, false, false, false, row.preference?.PeriodMinutes ?? Periods[0])),
        ];
    }

    /// <summary>Keeps the choices; those for cameras of others are left out. What waits and is not wanted any more is forgotten.</summary>
    public async Task SaveAsync(Guid userId, IEnumerable<NotificationChoice> choices, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // In one order, so that two browsers that save at once do not wait for each other.
        foreach (var choice in choices.Where(choice => Periods.Contains(choice.PeriodMinutes)).OrderBy(choice => choice.DeviceId))
        {
            await SaveAsync(userId, choice, choice.Offline && OffersOffline, cancellationToken);
        }

        await context.Database.ExecuteSqlAsync(
            $"""
            UPDATE notification_preferences SET pending_since = NULL, pending_until = NULL, due_at = NULL
            WHERE user_id = {userId} AND pending_press + pending_person + pending_offline = 0
            """,
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private Task<int> SaveAsync(Guid userId, NotificationChoice choice, bool offline, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO notification_preferences AS known (device_id, user_id, press, person, offline, period_minutes, pending_press, pending_person, pending_offline)
            SELECT id, user_id, {choice.Press}, {choice.Person}, {offline}, {choice.PeriodMinutes}, 0, 0, 0
            FROM devices WHERE id = {choice.DeviceId} AND user_id = {userId} AND removed_at IS NULL
            ON CONFLICT (device_id) DO UPDATE SET
                user_id = excluded.user_id, press = excluded.press, person = excluded.person, offline = excluded.offline,
                period_minutes = excluded.period_minutes, stopped_at = NULL,
                unsubscribe_hash = CASE WHEN known.user_id = excluded.user_id THEN known.unsubscribe_hash END,
                sealed_unsubscribe = CASE WHEN known.user_id = excluded.user_id THEN known.sealed_unsubscribe END,
                pending_press = CASE WHEN excluded.press AND known.user_id = excluded.user_id THEN known.pending_press ELSE 0 END,
                pending_person = CASE WHEN excluded.person AND known.user_id = excluded.user_id THEN known.pending_person ELSE 0 END,
                pending_offline = CASE WHEN excluded.offline AND known.user_id = excluded.user_id THEN known.pending_offline ELSE 0 END,
                due_at = CASE WHEN known.due_at IS NOT NULL THEN GREATEST({now}, known.last_mail_at + excluded.period_minutes * interval '1 minute') END
            """,
            cancellationToken);
    }
}
