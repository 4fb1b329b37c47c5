using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Devices;
using RingPortal.Data.Tokens;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Features.Notifications;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>
/// What most deliveries of a batch ask, asked once for all of them: questions for each were most of what a backlog cost.
/// Lives for one transaction; what a handler may have changed is forgotten, and then asked for alone.
/// </summary>
internal sealed class BatchLookups
{
    private readonly BatchAccounts _accounts = new();
    private readonly Dictionary<(Guid Link, string RingDeviceId), Device> _cameras = [];
    private HashSet<Guid> _toBeTold = [];
    private HashSet<(Guid Device, string SourceKey)> _recorded = [];

    /// <summary>Forgets everything and reads anew.</summary>
    public async Task ReadAsync(RingPortalContext context, IReadOnlyList<InboxMessage> messages, CancellationToken cancellationToken)
    {
        _accounts.Forget();
        await _accounts.ReadAsync(context, messages.Select(message => message.AccountId).OfType<string>(), cancellationToken);
        await ReadCamerasAsync(context, messages, cancellationToken);
        var seen = messages.Where(message => CameraOf(message) is not null).Select(message => (CameraOf(message)!.Id, message.TimelineKey())).ToList();
        _recorded = seen.Count > 0 ? await context.RecordedAsync(seen, cancellationToken) : [];
        _toBeTold = seen.Count > 0 ? await NotificationDigests.ListeningAsync(context, [.. _cameras.Values.Select(camera => camera.Id)], cancellationToken) : [];
    }

    /// <summary>The living link of an account; null when nobody holds it.</summary>
    public async Task<RingToken?> LinkAsync(RingPortalContext context, string accountId, CancellationToken cancellationToken)
    {
        await _accounts.ReadAsync(context, [accountId], cancellationToken);
        return _accounts.Link(accountId);
    }

    /// <inheritdoc cref="BatchAccounts.HasLeft"/>
    public bool HasLeft(string accountId) => _accounts.HasLeft(accountId);

    /// <summary>The camera that a link shares; null when it has to be asked for alone.</summary>
    public Device? Camera(Guid link, string ringDeviceId) => _cameras.GetValueOrDefault((link, ringDeviceId));

    /// <summary>Whether somebody wants to be told by e-mail of what a camera sees.</summary>
    public bool IsToBeTold(Guid device) => _toBeTold.Contains(device);

    /// <summary>Whether an event stands in a camera's timeline already.</summary>
    public bool IsRecorded(Guid device, string sourceKey) => _recorded.Contains((device, sourceKey));

    /// <summary>A handler may change the link of an account.</summary>
    public void ForgetAccount(string accountId) => _accounts.Forget(accountId);

    /// <summary>A handler may have changed the cameras of a link.</summary>
    public void ForgetCameras(Guid link)
    {
        foreach (var camera in _cameras.Keys.Where(camera => camera.Link == link).ToList())
        {
            _cameras.Remove(camera);
        }
    }

    private async Task ReadCamerasAsync(RingPortalContext context, IReadOnlyList<InboxMessage> messages, CancellationToken cancellationToken)
    {
        _cameras.Clear();
        var named = messages.Where(message => message is { AccountId: not null, Source: not null })
            .Select(message => (Link: _accounts.Link(message.AccountId!)?.Id, message.Source)).Where(camera => camera.Link is not null).Distinct().ToList();
        if (named.Count == 0)
        {
            return;
        }

        // Pair by pair: of two lists an index would try every combination.
        var (links, ids) = (named.Select(camera => camera.Link!.Value).ToArray(), named.Select(camera => camera.Source).ToArray());
        var cameras = await context.Devices
            .FromSql(
                $"""
                SELECT devices.* FROM unnest({links}, {ids}) AS named(link, ring_device_id)
                JOIN devices ON devices.ring_token_id = named.link AND devices.ring_device_id = named.ring_device_id AND devices.removed_at IS NULL
                """)
            .AsNoTracking().ToListAsync(cancellationToken);
        cameras.ForEach(camera => _cameras[(camera.RingTokenId, camera.RingDeviceId)] = camera);
    }

    private Device? CameraOf(InboxMessage message) =>
        message is { AccountId: { } account, Source: { } source } && _accounts.Link(account) is { } link ? Camera(link.Id, source) : null;
}
