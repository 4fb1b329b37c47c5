using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Devices;
using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Events;
using RingPortal.Web.Features.Media;
using RingPortal.Web.Features.Subscriptions;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Devices;

/// <summary>
/// What camera pages show, for the owner alone: what belongs to somebody else does not exist. Each question uses a
/// scope of its own, because a page asks again and again for as long as it is open.
/// </summary>
internal sealed class DeviceQueries(IServiceScopeFactory scopes, PlanAccess plans, TimeProvider clock)
{
    /// <summary>All cameras of a person. Ring accounts that are still being connected are there, without cameras.</summary>
    public async Task<CamerasView> CamerasAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        var links = await Links(context, userId).OrderBy(token => token.ClaimedAt).ThenBy(token => token.Id).ToListAsync(cancellationToken);
        var devices = await context.Devices.AsNoTracking()
            .Where(device => device.UserId == userId)
            .Select(device => new { device.RingTokenId, device.Id, device.Name, device.MissingSince, device.Online, device.OfflineSince, device.LastOnlineAt })
            .ToListAsync(cancellationToken);
        var latest = await LatestEvents.OfAsync(context, userId, cancellationToken);
        var closed = await plans.WithoutPlanAsync(context, userId, cancellationToken);
        var empty = await EmptyStills.OfAsync(context, userId, deviceId: null, clock.GetUtcNow(), cancellationToken);
        var cards = devices.ToLookup(
            device => device.RingTokenId,
            device => new CameraCard(
                device.Id,
                device.Name,
                Status(device.Online, device.MissingSince, device.OfflineSince, device.LastOnlineAt),
                closed.Contains(device.Id) ? null : latest.GetValueOrDefault(device.Id),
                closed.Contains(device.Id),
                empty.Contains(device.Id)));
        return new CamerasView([.. links.Select(link => Home(link, cards[link.Id]))], await TimeZoneAsync(context, userId, cancellationToken));
    }

    /// <summary>One camera; null when it is not this person's or not there.</summary>
    public async Task<CameraDetails?> CameraAsync(Guid userId, Guid deviceId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        var found = await context.Devices.AsNoTracking()
            .Where(device => device.Id == deviceId && device.UserId == userId)
            .Join(Links(context, userId), device => device.RingTokenId, token => token.Id, (device, token) => new { device, token })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null
            ? null
            : Details(
                found.device,
                found.token,
                await TimeZoneAsync(context, userId, cancellationToken),
                await plans.OfAsync(context, found.device, cancellationToken),
                (await EmptyStills.OfAsync(context, userId, deviceId, clock.GetUtcNow(), cancellationToken)).Count > 0);
    }

    /// <summary>The names of all cameras of a person, in order.</summary>
    public async Task<IReadOnlyList<CameraName>> NamesAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        var names = await context.Devices.AsNoTracking()
            .Where(device => device.UserId == userId)
            .Join(Links(context, userId), device => device.RingTokenId, token => token.Id, (device, _) => new { device.Id, device.Name })
            .ToListAsync(cancellationToken);
        var closed = await plans.WithoutPlanAsync(context, userId, cancellationToken);
        return [.. names.Select(camera => new CameraName(camera.Id, camera.Name, closed.Contains(camera.Id))).OrderBy(camera => camera.Name, StringComparer.OrdinalIgnoreCase).ThenBy(camera => camera.Id)];
    }

    private static IQueryable<RingToken> Links(RingPortalContext context, Guid userId) =>
        context.RingTokens.AsNoTracking().Where(token => token.UserId == userId && RingTokenTransitions.Living.Contains(token.State));

    private static Task<string?> TimeZoneAsync(RingPortalContext context, Guid userId, CancellationToken cancellationToken) =>
        context.Users.Where(user => user.Id == userId).Select(user => user.TimeZone).SingleOrDefaultAsync(cancellationToken);

    /// <summary>Where something happened last comes first, what is offline last.</summary>
    private static CameraHome Home(RingToken link, IEnumerable<CameraCard> cards) => new(
        link.Id,
        link.MaskedAccount,
        News(link),
        [
            .. cards.OrderBy(card => card.Status.Online is false)
                .ThenByDescending(card => card.Latest?.OccurredAt ?? DateTimeOffset.MinValue)
                .ThenBy(card => card.Name, StringComparer.OrdinalIgnoreCase)
                .ThenBy(card => card.Id),
        ]);

    private static CameraDetails Details(Device device, RingToken link, string? timeZone, CameraPlan? plan, bool hasNoPicture) => new(
        device.Id,
        device.Name,
        Status(device.Online, device.MissingSince, device.OfflineSince, device.LastOnlineAt),
        DeviceJson.Read<RingCapabilities>(device.Capabilities),
        DeviceJson.Read<RingConfigurations>(device.Configurations),
        device.Country,
        device.Region,
        link.MaskedAccount,
        device.AddedAt,
        device.RefreshedAt,
        News(link),
        timeZone,
        plan,
        hasNoPicture);

    /// <summary>Of a camera that Ring did not list, nothing is known now.</summary>
    private static CameraStatus Status(bool? online, DateTimeOffset? missingSince, DateTimeOffset? offlineSince, DateTimeOffset? lastOnlineAt) =>
        new(missingSince is null ? online : null, offlineSince, lastOnlineAt);

    // Where Ring waits for the person, another message says so on every page.
    private static CameraNews News(RingToken link) => link.State is RingTokenState.ReauthRequired
        ? new(link.DevicesSyncedAt, SilentSince: null, NeedsPerson: true)
        : new(link.DevicesSyncedAt, link.DevicesSyncFailedAt);
}
