using Microsoft.Extensions.DependencyInjection;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data.Devices;
using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Webhooks.Dispatch;

/// <summary>
/// What happened at Ring, in order, and its deliveries in any order, doubled, with the cameras read again at any moment: the
/// end must be what the times of the events say.
/// </summary>
internal sealed class EventOrders(EventWorld world, int seed)
{
    private static readonly string[] s_story = ["device_added", "device_offline", "device_online", "device_removed", "device_added", "app_integration_removed"];

    private readonly Random _random = new(seed);
    private readonly List<string> _told = [];

    /// <summary>Plays one case; answers with what is wrong, or null.</summary>
    public async Task<string?> PlayAsync()
    {
        var now = DateTimeOffset.UtcNow;
        var happened = s_story[.._random.Next(1, s_story.Length + 1)];
        var step = TimeSpan.FromSeconds(_random.Next(2) == 0 ? 3 : 600);
        var home = await world.HouseholdAsync(now);
        var camera = _random.Next(2) == 0 ? home.RingDevice : $"ava1.ring.device.{Guid.NewGuid():N}";
        var deliveries = happened.Select((type, index) => (Type: type, At: now - (step * (happened.Length - index)))).ToList();
        foreach (var (type, at) in Shuffled(deliveries.SelectMany(delivery => Enumerable.Repeat(delivery, _random.Next(1, 4)))))
        {
            _told.Add($"{type}@{at:mm:ss}");
            var source = type.StartsWith("app", StringComparison.Ordinal) ? home.Account : camera;
            await world.DeliverAsync(EventWorld.Event(type, home.Account, source, at));
            if (_random.Next(3) == 0)
            {
                await ReadAgainAsync(home, camera, happened);
            }
        }

        // At the end only what somebody asked for is read: everything else the events must have said.
        if ((await world.AskedAsync(home)).Count > 0)
        {
            await ReadAgainAsync(home, camera, happened);
        }

        return await WrongAsync(home, camera, happened);
    }

    private T[] Shuffled<T>(IEnumerable<T> items)
    {
        var array = items.ToArray();
        _random.Shuffle(array);
        return array;
    }

    /// <summary>Ring lists what is true at the end of the story, as it would at any time after it.</summary>
    private async Task ReadAgainAsync(Household home, string camera, string[] happened)
    {
        if (happened.Contains("app_integration_removed"))
        {
            // The tokens are revoked: Ring lists nothing any more.
            return;
        }

        await using var scope = world.Portal.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        var devices = IsShared(happened) ? [new RingDevice(camera, "Garden", IsOnline(happened), null, null, null, null)] : Array.Empty<RingDevice>();
        _told.Add("read again");
        var queue = scope.ServiceProvider.GetRequiredService<SyncQueue>();
        var due = await queue.DueAsync(home.Link, SyncKind.Devices, CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<DeviceStore>()
            .SaveListingAsync(new DeviceListing(home.Link, DateTimeOffset.UtcNow, devices), CancellationToken.None);
        await queue.SettleAsync(due, CancellationToken.None);
    }

    private async Task<string?> WrongAsync(Household home, string camera, string[] happened)
    {
        await using var context = world.Context();
        var link = await context.RingTokens.AsNoTracking().SingleAsync(token => token.Id == home.Link);
        var device = await context.Devices.AsNoTracking().SingleOrDefaultAsync(row => row.RingTokenId == home.Link && row.RingDeviceId == camera && row.MissingSince == null);
        var ended = happened.Contains("app_integration_removed");
        var expected = (ended ? RingTokenState.Removed : RingTokenState.Active, !ended && IsShared(happened), IsOnline(happened));
        var found = (link.State, device is not null, device?.Online ?? IsOnline(happened));
        return found == expected ? null : $"seed {seed}: {found} instead of {expected} after {string.Join(", ", _told)}";
    }

    private static bool IsShared(string[] happened) =>
        happened.Last(type => type is "device_added" or "device_removed") is "device_added";

    private static bool IsOnline(string[] happened) =>
        happened.LastOrDefault(type => type is "device_online" or "device_offline") is not "device_offline";
}
