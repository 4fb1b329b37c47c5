using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Devices;
using RingPortal.Data.Events;
using RingPortal.Data.Tokens;
using RingPortal.Tests.Account;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Account;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Media;

/// <summary>Two instances of the portal on one database before a Ring that does what the test says, and people with cameras.</summary>
public sealed class MediaWorld : IAsyncLifetime
{
    private readonly Dictionary<string, string?> _settings = new()
    {
        ["Vault:Keys:0"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["Subscriptions:Gate"] = "On",
        ["Subscriptions:BypassEmails:0"] = "nobody@example.org",
    };

    internal TestDatabase Database { get; private set; } = null!;

    internal MediaRing Ring { get; private set; } = null!;

    internal PortalHost First { get; private set; } = null!;

    internal PortalHost Second { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        Ring = await MediaRing.StartAsync();
        _settings["Ring:ApiBaseUrl"] = Ring.Api.Address;
        _settings["Ring:OAuthTokenUrl"] = $"{Ring.Api.Address}/oauth/token";
        _settings["Ring:MediaHosts"] = Ring.OriginHost;
        First = await PortalHost.StartAsync(Database, settings: _settings, configure: BePatient);
        Second = await PortalHost.StartAsync(Database, settings: _settings, configure: BePatient);
        foreach (var portal in new[] { First, Second })
        {
            using var client = portal.CreateClient();
            await Eventually.TrueAsync(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode, TimeSpan.FromSeconds(60), "ready");
        }
    }

    /// <summary>A machine may be slow, and failures of one test must not close the way for the next.</summary>
    private static void BePatient(WebApplicationBuilder builder) => builder.Services.AddSingleton(
        new RingTimings { Attempt = TimeSpan.FromSeconds(30), InteractivePatience = TimeSpan.FromSeconds(30), BackgroundPatience = TimeSpan.FromSeconds(30), BreakerWindow = TimeSpan.FromSeconds(0.5), BreakerPause = TimeSpan.FromSeconds(0.5) });

    public async Task DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await Ring.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>One more instance, as a process of its own.</summary>
    internal async Task<(PortalProcess Process, Uri Address)> ForkAsync(TestFolder folder)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePort.Take()}/"));
        var settings = PortalSettings.For(Database, address, folder, cloud: null);
        foreach (var (key, value) in _settings)
        {
            settings[key] = value;
        }

        var process = PortalProcess.Start(settings.Where(setting => setting.Value is not null).ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value!));
        await process.ReadyAsync(address, TimeSpan.FromSeconds(60));
        return (process, address);
    }

    /// <summary>Somebody with one camera and a plan, signed in at both instances.</summary>
    internal async Task<MediaPerson> MoveInAsync(string name = "Front Door")
    {
        var email = Visitor.NewEmail();
        await using (var scope = First.Services.CreateAsyncScope())
        {
            Assert.IsType<SignUpOutcome.Created>(await scope.ServiceProvider.GetRequiredService<AccountOpening>().OpenAsync(email, Visitor.Password, "Europe/Berlin", CancellationToken.None));
        }

        var vault = First.Services.GetRequiredService<TokenVault>();
        await using var context = Database.CreateContext();
        var user = await context.Users.SingleAsync(person => person.Email == email);
        var (now, link) = (DateTimeOffset.UtcNow, Guid.CreateVersion7());
        var since = now.AddDays(-40);
        context.RingTokens.Add(new RingToken
        {
            Id = link,
            State = RingTokenState.Active,
            CodeHash = link.ToByteArray(),
            AccountId = $"ava1.ring.account.{link:N}",
            UserId = user.Id,
            SealedAccessToken = vault.Seal(link, VaultColumns.AccessToken, $"token-canary-{link:N}"),
            SealedRefreshToken = vault.Seal(link, VaultColumns.RefreshToken, "refresh-canary"),
            AccessExpiresAt = now.AddHours(4),
            RefreshedAt = now,
            LinkedAt = since,
            ClaimedAt = since,
            SourceNetwork = "127.0.0.0/24",
            ReceivedAt = since,
            RetainFrom = since,
            StateChangedAt = since,
            DevicesSyncedAt = now.AddDays(1),
        });
        var device = new Device { RingTokenId = link, UserId = user.Id, RingDeviceId = $"ava1.ring.device.{Guid.NewGuid():N}", Name = name, Online = true, RefreshedAt = now, AddedAt = since };
        context.Devices.Add(device);
        context.Subscriptions.Add(new() { RingTokenId = link, RingSubscriptionId = $"plan-{device.Id}", Active = true, RingDeviceIds = [device.RingDeviceId], AsOf = now });
        await context.SaveChangesAsync();
        var person = new MediaPerson(this, user.Id, email, link, device.Id, device.RingDeviceId, new Visitor(First.BaseAddress));
        using (await person.Browser.SignInAsync(email))
        {
            return person;
        }
    }
}

/// <summary>One person, their camera and their browser.</summary>
internal sealed record MediaPerson(MediaWorld World, Guid UserId, string Email, Guid Link, Guid Camera, string RingDevice, Visitor Browser)
{
    /// <summary>Something happens at the camera.</summary>
    public async Task<Guid> HappenAsync(DateTimeOffset? at = null)
    {
        var now = DateTimeOffset.UtcNow;
        var entry = new DeviceEvent { DeviceId = Camera, UserId = UserId, Kind = DeviceEventKind.Press, OccurredAt = at ?? now, RecordedAt = now, SourceKey = Guid.NewGuid().ToString("N") };
        await using var context = World.Database.CreateContext();
        context.DeviceEvents.Add(entry);
        await context.SaveChangesAsync();
        return entry.Id;
    }

    /// <summary>What this person's camera was asked for at Ring.</summary>
    public int Asked => World.Ring.Api.Calls.Count(call => call.Target.Contains(RingDevice, StringComparison.Ordinal));

    /// <summary>As if Ring had been asked a while ago.</summary>
    public Task<int> LetLookAgeAsync() => World.Database.ExecuteAsync($"UPDATE snapshot_looks SET asked_at = asked_at - interval '6 minutes' WHERE device_id = '{Camera}'");

    /// <summary>A browser at the other instance.</summary>
    public async Task<Visitor> AtSecondAsync()
    {
        var visitor = new Visitor(World.Second.BaseAddress);
        using (await visitor.SignInAsync(Email))
        {
            return visitor;
        }
    }
}
