using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using RingPortal.Data;
using RingPortal.Data.Devices;
using RingPortal.Data.Events;
using RingPortal.Data.Subscriptions;
using RingPortal.Data.Tokens;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Webhooks.Intake;
using RingPortal.Web.Account;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Events;

/// <summary>
/// Two portals on one database that ask for plans, with people who have cameras and a plan for each of them. Ring is
/// nobody: what happens is written the way handlers write it.
/// </summary>
public sealed class Street : IAsyncLifetime
{
    /// <summary>Needs no plan.</summary>
    public const string Reviewer = "reviewer@example.org";

    private readonly Dictionary<string, string?> _settings = new()
    {
        ["Vault:Keys:0"] = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)),
        ["Subscriptions:Gate"] = "On",
        ["Subscriptions:BypassEmails:0"] = Reviewer,
    };

    public TestDatabase Database { get; private set; } = null!;

    public PortalHost First { get; private set; } = null!;

    public PortalHost Second { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        First = await PortalHost.StartAsync(Database, settings: _settings);
        Second = await PortalHost.StartAsync(Database, settings: _settings);
        foreach (var portal in new[] { First, Second })
        {
            using var client = portal.CreateClient();
            await Eventually.TrueAsync(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode, TimeSpan.FromSeconds(60), "ready");
        }
    }

    public async Task DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>One more portal on the same database, as a process of its own.</summary>
    internal async Task<(PortalProcess Process, Uri Address)> ForkAsync(TestFolder folder)
    {
        var address = new Uri(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"http://localhost:{FreePort.Take()}/"));
        var settings = PortalSettings.For(Database, address, folder, cloud: null).Concat(_settings).ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value!);
        var process = PortalProcess.Start(settings);
        await process.ReadyAsync(address, TimeSpan.FromSeconds(60));
        return (process, address);
    }

    /// <summary>A person with one Ring account and these cameras, all online.</summary>
    internal async Task<House> MoveInAsync(string? timeZone = "Europe/Berlin", params string[] cameras)
    {
        var email = $"anna.{Guid.NewGuid():N}@example.org";
        await using (var scope = First.Services.CreateAsyncScope())
        {
            Assert.IsType<SignUpOutcome.Created>(await scope.ServiceProvider.GetRequiredService<AccountOpening>().OpenAsync(email, Account.Visitor.Password, timeZone, CancellationToken.None));
        }

        await using var context = Database.CreateContext();
        var user = await context.Users.SingleAsync(person => person.Email == email);
        user.EmailConfirmed = true;
        var now = DateTimeOffset.UtcNow;
        var link = new RingToken
        {
            State = RingTokenState.Active,
            CodeHash = Guid.NewGuid().ToByteArray(),
            AccountId = $"ava1.ring.account.{Guid.NewGuid():N}",
            UserId = user.Id,
            SealedAccessToken = [1],
            SealedRefreshToken = [1],
            SourceNetwork = "192.0.2.0/24",
            ReceivedAt = now.AddDays(-30),
            RetainFrom = now.AddDays(-30),
            StateChangedAt = now.AddDays(-30),
            ClaimedAt = now.AddDays(-30),
            LinkedAt = now.AddDays(-30),
            MaskedAccount = "m***a@example.com",
            // Nobody asks Ring, which is not there.
            DevicesSyncedAt = now.AddDays(1),
        };
        context.RingTokens.Add(link);
        var ids = cameras.Select(name => AddCamera(context, link.Id, user.Id, name)).ToList();
        await context.SaveChangesAsync();
        return new House(this, user.Id, email, link.Id, ids);
    }

    internal static Guid AddCamera(RingPortalContext context, Guid link, Guid user, string name)
    {
        var now = DateTimeOffset.UtcNow;
        var device = new Device
        {
            RingTokenId = link,
            UserId = user,
            RingDeviceId = $"ava1.ring.device.{Guid.NewGuid():N}",
            Name = name,
            Online = true,
            StatusAt = now,
            LastOnlineAt = now,
            RefreshedAt = now,
            AddedAt = now.AddDays(-30),
            Capabilities = DeviceJson.Write(new RingCapabilities(["AVC"], "16:9", 1080, [1080], [], ["enabled"], ["color_night_vision"])),
        };
        context.Devices.Add(device);
        // Nor for its history: all of it is read.
        context.DeviceHistories.Add(new DeviceHistory { DeviceId = device.Id, IsComplete = true, ReadAt = now.AddDays(1) });
        context.Subscriptions.Add(new Subscription
        {
            RingTokenId = link,
            RingSubscriptionId = $"plan-{device.Id}",
            SubType = "trial",
            Active = true,
            ExpiresAt = new DateTimeOffset(2027, 3, 1, 12, 0, 0, TimeSpan.Zero),
            RingDeviceIds = [device.RingDeviceId],
            AsOf = now,
        });
        return device.Id;
    }
}

/// <summary>One person and their cameras.</summary>
internal sealed record House(Street Street, Guid User, string Email, Guid Link, IReadOnlyList<Guid> Cameras)
{
    /// <summary>Something happens, is stored, and the first portal tells it.</summary>
    public async Task<Guid> HappenAsync(int camera, DeviceEventKind kind, string? subType = null, DateTimeOffset? at = null)
    {
        var now = DateTimeOffset.UtcNow;
        var entry = new DeviceEvent
        {
            DeviceId = Cameras[camera],
            UserId = User,
            Kind = kind,
            SubType = subType,
            OccurredAt = at ?? now,
            RecordedAt = now,
            SourceKey = Guid.NewGuid().ToString("N"),
        };
        await using (var context = Street.Database.CreateContext())
        {
            context.DeviceEvents.Add(entry);
            await context.SaveChangesAsync();
        }

        Tell(kind switch { DeviceEventKind.Press => FeedKind.Press, DeviceEventKind.Motion => FeedKind.Motion, _ => FeedKind.Other }, Cameras[camera], entry.Id);
        return entry.Id;
    }

    public async Task ChangeAsync(int camera, FeedKind kind, string set)
    {
        Assert.Equal(1, await Street.Database.ExecuteAsync($"UPDATE devices SET {set} WHERE id = '{Cameras[camera]}'"));
        Tell(kind, Cameras[camera]);
    }

    /// <summary>Ring tells a portal of something at a camera, signed.</summary>
    public async Task SignalAsync(HttpClient portal, int camera, string type)
    {
        await using var context = Street.Database.CreateContext();
        var (account, device) = (
            await context.RingTokens.Where(token => token.Id == Link).Select(token => token.AccountId).SingleAsync(),
            await context.Devices.Where(one => one.Id == Cameras[camera]).Select(one => one.RingDeviceId).SingleAsync());
        var now = DateTimeOffset.UtcNow;
        var body = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $$"""{"meta": {"version": "1.1", "time": "{{now:O}}", "request_id": "{{Guid.NewGuid()}}", "account_id": "{{account}}"}, "data": {"id": "evt-{{Guid.NewGuid():N}}", "type": "{{type}}", "attributes": {"source": "{{device}}", "source_type": "devices", "timestamp": {{now.ToUnixTimeMilliseconds()}}} } }""");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await Delivery.PostAsync(portal, System.Text.Encoding.UTF8.GetBytes(body))).Status);
    }

    /// <summary>The plan of a camera begins or ends.</summary>
    public async Task PlanAsync(int camera, bool active)
    {
        Assert.Equal(1, await Street.Database.ExecuteAsync($"UPDATE subscriptions SET active = {active} WHERE ring_subscription_id = 'plan-{Cameras[camera]}'"));
        Tell(FeedKind.Plan);
    }

    public void Tell(FeedKind kind, Guid? camera = null, Guid? entry = null) =>
        Street.First.Services.GetRequiredService<FeedOutlet>().Publish(new FeedChange(User, kind, camera, entry));

    /// <summary>Until a page, its toasts and the watch over its session listen at a portal.</summary>
    public Task ListensAsync(PortalHost portal, int parts = 3) =>
        Eventually.TrueAsync(() => portal.Services.GetRequiredService<DeviceFeed>().CountOf(User) >= parts, TimeSpan.FromSeconds(20), "an open page listens");

    /// <summary>Signs in in a browser and opens a page.</summary>
    public Task<IPage> OpenAsync(IBrowserContext browser, PortalHost portal, string path) => OpenAsync(browser, portal.BaseAddress, path);

    public async Task<IPage> OpenAsync(IBrowserContext browser, Uri portal, string path)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync(new Uri(portal, $"/Account/Login?returnUrl={Uri.EscapeDataString(path)}").ToString());
        await page.FillAsync("#email", Email);
        await page.FillAsync("#password", Account.Visitor.Password);
        await page.ClickAsync("form[method=post] button.rp-btn-filled");
        await page.WaitForURLAsync(new Uri(portal, path).ToString());
        return page;
    }
}
