using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RingPortal.Data;
using RingPortal.Data.Events;

namespace RingPortal.Web.Features.Notifications;

/// <summary>
/// Notes what a person wants to be told by e-mail: one statement in the transaction of whoever learns it. The message is
/// written later by <see cref="SendDigestsJob"/>, at once when the last one is older than the person's period.
/// </summary>
public sealed class NotificationDigests(IOptions<NotificationOptions> options)
{
    private const string Person = "human";

    /// <summary>Something happened in front of a camera.</summary>
    /// <param name="context">The caller's unit of work; its transaction decides.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="userId">Whose camera it is.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="subType">Ring's motion class, where there is one.</param>
    /// <param name="occurredAt">When it happened (UTC).</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="cancellationToken">Gives up; the transaction is then the caller's to end.</param>
    /// <returns>Whether a message is due now: after the commit <see cref="Jobs.WorkWake"/> makes it leave.</returns>
    public Task<bool> NoteAsync(
        RingPortalContext context, Guid deviceId, Guid userId, DeviceEventKind kind, string? subType, DateTimeOffset occurredAt, DateTimeOffset now, CancellationToken cancellationToken) =>
        (kind, subType) switch
        {
            (DeviceEventKind.Press, _) => NoteAsync(context, deviceId, userId, new Tally(Press: 1), occurredAt, now, cancellationToken),
            (DeviceEventKind.Motion, Person) => NoteAsync(context, deviceId, userId, new Tally(Person: 1), occurredAt, now, cancellationToken),
            _ => Task.FromResult(false),
        };

    /// <summary>Those of some cameras whose owners want to be told by e-mail of what happens in front of them.</summary>
    internal static Task<HashSet<Guid>> ListeningAsync(RingPortalContext context, IReadOnlyCollection<Guid> deviceIds, CancellationToken cancellationToken) =>
        context.NotificationPreferences
            .Where(preference => deviceIds.Contains(preference.DeviceId) && preference.StoppedAt == null && (preference.Press || preference.Person))
            .Select(preference => preference.DeviceId).ToHashSetAsync(cancellationToken);

    /// <summary>A camera went offline; nothing is noted unless the operator allows such messages.</summary>
    /// <inheritdoc cref="NoteAsync(RingPortalContext, Guid, Guid, DeviceEventKind, string?, DateTimeOffset, DateTimeOffset, CancellationToken)"/>
    public Task<bool> NoteOfflineAsync(
        RingPortalContext context, Guid deviceId, Guid userId, DateTimeOffset occurredAt, DateTimeOffset now, CancellationToken cancellationToken) =>
        options.Value.AllowsOfflineMails
            ? NoteAsync(context, deviceId, userId, new Tally(Offline: 1), occurredAt, now, cancellationToken)
            : Task.FromResult(false);

    private static async Task<bool> NoteAsync(
        RingPortalContext context, Guid deviceId, Guid userId, Tally more, DateTimeOffset occurredAt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // LEAST and GREATEST pass over nulls: nothing waiting, no message yet.
        var due = await context.Database.SqlQuery<bool>(
            $"""
            UPDATE notification_preferences SET
                pending_press = pending_press + {more.Press}, pending_person = pending_person + {more.Person}, pending_offline = pending_offline + {more.Offline},
                pending_since = LEAST(pending_since, {occurredAt}), pending_until = GREATEST(pending_until, {occurredAt}),
                due_at = COALESCE(due_at, GREATEST({now}, last_mail_at + period_minutes * interval '1 minute'))
            WHERE device_id = {deviceId} AND user_id = {userId} AND stopped_at IS NULL
                AND ((press AND {more.Press} > 0) OR (person AND {more.Person} > 0) OR (offline AND {more.Offline} > 0))
            RETURNING due_at <= {now} AS "Value"
            """).ToListAsync(cancellationToken);
        return due is [true];
    }

    private sealed record Tally(int Press = 0, int Person = 0, int Offline = 0);
}
