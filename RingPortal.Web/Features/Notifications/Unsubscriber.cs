using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Notifications;

namespace RingPortal.Web.Features.Notifications;

/// <summary>What an address that ends messages is about.</summary>
/// <param name="Camera">Name of the camera; null when there is nothing to end any more, or never was.</param>
/// <param name="IsOn">Whether messages are written.</param>
public sealed record UnsubscribeView(string? Camera, bool IsOn);

/// <summary>Ends messages about a camera for whoever holds the secret of one of them, and takes that back.</summary>
internal sealed class Unsubscriber(RingPortalContext context, TimeProvider clock)
{
    private static readonly UnsubscribeView s_nothing = new(null, false);

    /// <summary>How things are.</summary>
    public async Task<UnsubscribeView> ShowAsync(string? secret, CancellationToken cancellationToken) =>
        await Held(secret)
            .Join(context.Devices, preference => preference.DeviceId, device => device.Id, (preference, device) => new UnsubscribeView(device.Name, preference.StoppedAt == null))
            .SingleOrDefaultAsync(cancellationToken) ?? s_nothing;

    /// <summary>Ends them; a repeat changes nothing.</summary>
    public async Task<UnsubscribeView> StopAsync(string? secret, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await Held(secret).Where(preference => preference.StoppedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(preference => preference.StoppedAt, now)
                .SetProperty(preference => preference.PendingPress, 0).SetProperty(preference => preference.PendingPerson, 0).SetProperty(preference => preference.PendingOffline, 0)
                .SetProperty(preference => preference.PendingSince, (DateTimeOffset?)null).SetProperty(preference => preference.PendingUntil, (DateTimeOffset?)null)
                .SetProperty(preference => preference.DueAt, (DateTimeOffset?)null),
            cancellationToken);
        return await ShowAsync(secret, cancellationToken);
    }

    /// <summary>Goes on with what the person had chosen.</summary>
    public async Task<UnsubscribeView> GoOnAsync(string? secret, CancellationToken cancellationToken)
    {
        await Held(secret).ExecuteUpdateAsync(set => set.SetProperty(preference => preference.StoppedAt, (DateTimeOffset?)null), cancellationToken);
        return await ShowAsync(secret, cancellationToken);
    }

    /// <summary>Nothing where nobody chose anything: there is nothing to end then.</summary>
    private IQueryable<NotificationPreference> Held(string? secret)
    {
        var hash = UnsubscribeSecrets.HashOf(secret);
        return context.NotificationPreferences.Where(preference =>
            hash != null && preference.UnsubscribeHash == hash && (preference.Press || preference.Person || preference.Offline));
    }
}
