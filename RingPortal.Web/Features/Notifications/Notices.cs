using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Web.Account;

namespace RingPortal.Web.Features.Notifications;

/// <summary>
/// Tells people by e-mail what happened to their Ring accounts. Confirmed addresses only: an unconfirmed one may
/// belong to somebody who never signed up.
/// </summary>
public sealed class Notices(MailComposer composer, Outbox outbox)
{
    /// <summary>Adds "connected" to the caller's unit of work; the caller saves, then wakes the outbox.</summary>
    /// <returns>Whether a message was added.</returns>
    public Task<bool> ConnectedAsync(RingPortalContext context, Guid userId, ConnectedNotice notice, CancellationToken cancellationToken) =>
        AddAsync(context, userId, MailKind.Connected, (email, zone) => composer.Connected(email, notice, zone), cancellationToken);

    /// <summary>Adds "connect again" to the caller's unit of work; the caller saves, then wakes the outbox.</summary>
    /// <returns>Whether a message was added.</returns>
    public Task<bool> ReconnectAsync(RingPortalContext context, Guid userId, ReconnectNotice notice, CancellationToken cancellationToken) =>
        AddAsync(context, userId, MailKind.Reconnect, (email, zone) => composer.Reconnect(email, notice, zone), cancellationToken);

    /// <summary>Adds "disconnected" to the caller's unit of work; the caller saves, then wakes the outbox.</summary>
    /// <returns>Whether a message was added.</returns>
    public Task<bool> DisconnectedAsync(RingPortalContext context, Guid userId, DisconnectedNotice notice, CancellationToken cancellationToken) =>
        AddAsync(context, userId, MailKind.Disconnected, (email, zone) => composer.Disconnected(email, notice, zone), cancellationToken);

    private async Task<bool> AddAsync(
        RingPortalContext context, Guid userId, string kind, Func<string, TimeZoneInfo, MailMessage> write, CancellationToken cancellationToken)
    {
        PortalUser? user = await context.Users.AsNoTracking()
            .FirstOrDefaultAsync(person => person.Id == userId && person.EmailConfirmed, cancellationToken);
        if (user?.Email is null)
        {
            return false;
        }

        outbox.Add(context, userId, kind, write(user.Email, TimeZones.OrUtc(user.TimeZone)));
        return true;
    }
}
