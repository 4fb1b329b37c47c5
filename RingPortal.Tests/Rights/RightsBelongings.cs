using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data;
using RingPortal.Data.Devices;
using RingPortal.Data.Events;
using RingPortal.Data.LiveView;
using RingPortal.Data.Media;
using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Media;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Tests.Rights;

/// <summary>What one person has, and what was theirs until a moment ago.</summary>
/// <param name="Living">Everything of a camera that is shared, and a connection.</param>
/// <param name="Removed">Everything of a camera that is not shared any more, and a connection that ended.</param>
internal sealed record RightsBelongings(IReadOnlyDictionary<Belonging, Guid> Living, IReadOnlyDictionary<Belonging, Guid> Removed)
{
    private static readonly byte[] s_picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>Writes all that for a person, with tokens that open.</summary>
    public static async Task<RightsBelongings> MakeAsync(IServiceProvider services, string email)
    {
        var (context, vault) = (services.GetRequiredService<RingPortalContext>(), services.GetRequiredService<TokenVault>());
        var user = await context.Users.Where(person => person.Email == email).Select(person => person.Id).SingleAsync();
        var (link, spare, ended) = (Link(vault, user, RingTokenState.Active), Link(vault, user, RingTokenState.Active), Link(vault, user, RingTokenState.Removed));
        context.RingTokens.AddRange(link, spare, ended);
        await context.SaveChangesAsync();
        var living = await CameraAsync(services, context, link.Id, user, removedAt: null);
        var removed = await CameraAsync(services, context, link.Id, user, removedAt: DateTimeOffset.UtcNow);
        (living[Belonging.Connection], removed[Belonging.Connection]) = (spare.Id, ended.Id);
        return new RightsBelongings(living, removed);
    }

    private static RingToken Link(TokenVault vault, Guid user, RingTokenState state)
    {
        var (id, now, isOver) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow, RingTokenTransitions.Ended.Contains(state));
        return new RingToken
        {
            Id = id,
            State = state,
            CodeHash = id.ToByteArray(),
            AccountId = $"ava1.ring.account.{id:N}",
            MaskedAccount = "r***@example.com",
            UserId = user,
            SealedAccessToken = isOver ? null : vault.Seal(id, VaultColumns.AccessToken, "access"),
            SealedRefreshToken = isOver ? null : vault.Seal(id, VaultColumns.RefreshToken, "refresh"),
            AccessExpiresAt = now.AddHours(4),
            RefreshedAt = now,
            SourceNetwork = "192.0.2.0/24",
            ReceivedAt = now.AddDays(-3),
            RetainFrom = now.AddDays(-3),
            StateChangedAt = now.AddDays(-3),
            ClaimedAt = now.AddDays(-3),
            LinkedAt = now.AddDays(-3),
            // Nobody asks Ring, which is not there.
            DevicesSyncedAt = now.AddDays(1),
        };
    }

    private static async Task<Dictionary<Belonging, Guid>> CameraAsync(IServiceProvider services, RingPortalContext context, Guid link, Guid user, DateTimeOffset? removedAt)
    {
        var now = DateTimeOffset.UtcNow;
        var device = new Device
        {
            RingTokenId = link,
            UserId = user,
            RingDeviceId = $"ava1.ring.device.{Guid.NewGuid():N}",
            Name = "Canary Porch",
            Online = true,
            StatusAt = now,
            RefreshedAt = now,
            AddedAt = now.AddDays(-3),
            RemovedAt = removedAt,
        };
        var entry = new DeviceEvent { DeviceId = device.Id, UserId = user, Kind = DeviceEventKind.Press, OccurredAt = now.AddHours(-1), RecordedAt = now, SourceKey = Guid.NewGuid().ToString("N") };
        // Heard of ahead of time: no page says that it is still open, and a view that is silent for 25 s is ended.
        var view = new LiveSession { DeviceId = device.Id, RingTokenId = link, UserId = user, StartedAt = now, OpenedAt = now, HeartbeatAt = now.AddMinutes(10), Deadline = now.AddMinutes(10), EndedAt = removedAt, EndReason = removedAt is null ? null : "removed", ClosedAt = removedAt };
        context.AddRange(device, entry, view);
        await context.SaveChangesAsync();
        return new Dictionary<Belonging, Guid>
        {
            [Belonging.Camera] = device.Id,
            [Belonging.Event] = entry.Id,
            [Belonging.LiveView] = view.Id,
            [Belonging.Picture] = await PictureAsync(services, context, device, now),
        };
    }

    private static async Task<Guid> PictureAsync(IServiceProvider services, RingPortalContext context, Device device, DateTimeOffset now)
    {
        var camera = new MediaCamera(device.Id, device.UserId, device.RingTokenId, device.RingDeviceId, device.Name, device.AddedAt, IsOffline: false, IsProtected: false, TimeZone: null, NeedsPlan: false);
        var format = MediaFormat.OfType("image/png")!;
        var kept = services.GetRequiredService<SnapshotStore>()
            .Entry(camera, now.AddHours(-2), SnapshotOutcome.Kept, new NewPicture(format, new ImageHeader(1, 1, NeedsMore: false), now.AddHours(-2), SnapshotOrigin.Unknown, s_picture), keepDays: 10);
        context.Snapshots.Add(kept);
        await context.SaveChangesAsync();
        return kept.Id;
    }
}
