using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Events;
using RingPortal.Data.Tokens;
using RingPortal.Data.Webhooks;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Ring;
using RingPortal.Tests.Webhooks.Dispatch;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.Events.Gaps;
using RingPortal.Web.Features.Events.History;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Features.Webhooks.Dispatch;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Events.History;

/// <summary>
/// Two instances of the portal on one database, whose hosted services do not run, and a history at Ring: a test decides when
/// something is delivered and when something is read.
/// </summary>
public sealed class HistoryWorld : IAsyncLifetime
{
    private FakeRing _ring = null!;

    public TestDatabase Database { get; private set; } = null!;

    public PortalHost First { get; private set; } = null!;

    public PortalHost Second { get; private set; } = null!;

    internal HistoryServer Server { get; } = new();

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        _ring = await FakeRing.StartAsync();
        _ring.Answer = (http, _) => Server.AnswerAsync(http);
        var settings = new Dictionary<string, string?> { ["Ring:ApiBaseUrl"] = _ring.Address, ["Vault:Keys:0"] = RingServices.VaultKey };
        First = PortalHost.Compose(Database, settings: settings, configure: BePatient);
        Second = PortalHost.Compose(Database, settings: settings, configure: BePatient);
    }

    /// <summary>A machine may be slow: only what a test says at Ring is a failure.</summary>
    private static void BePatient(WebApplicationBuilder builder) => builder.Services.AddSingleton(
        RingServices.Quick with { Attempt = TimeSpan.FromSeconds(30), InteractivePatience = TimeSpan.FromSeconds(30), BackgroundPatience = TimeSpan.FromSeconds(30) });

    public async Task DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await _ring.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>A household with one camera, connected some days ago, whose tokens work.</summary>
    internal async Task<Household> HouseholdAsync(int days = 30)
    {
        var now = DateTimeOffset.UtcNow;
        var (id, user) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var vault = First.Services.GetRequiredService<TokenVault>();
        await using var context = Database.CreateContext();
        context.Users.Add(new() { Id = user, UserName = $"{user}@example.org", NormalizedUserName = $"{user}@EXAMPLE.ORG", Email = $"{user}@example.org", EmailConfirmed = true });
        var link = new RingToken
        {
            Id = id,
            State = RingTokenState.Active,
            CodeHash = Guid.NewGuid().ToByteArray(),
            AccountId = $"ava1.ring.account.{Guid.NewGuid():N}",
            UserId = user,
            SealedAccessToken = vault.Seal(id, VaultColumns.AccessToken, "access-0"),
            SealedRefreshToken = vault.Seal(id, VaultColumns.RefreshToken, "refresh-0"),
            AccessExpiresAt = now.AddHours(4),
            RefreshedAt = now,
            SourceNetwork = "192.0.2.0/24",
            ReceivedAt = now.AddDays(-days),
            RetainFrom = now.AddDays(-days),
            StateChangedAt = now.AddDays(-days),
        };
        var device = EventWorld.NewDevice(id, user, $"ava1.ring.device.{Guid.NewGuid():N}", now.AddDays(-days));
        context.RingTokens.Add(link);
        context.Devices.Add(device);
        await context.SaveChangesAsync();
        return new Household(link.AccountId!, link.Id, user, device.Id, device.RingDeviceId);
    }

    /// <summary>Reads what is new at Ring, as an open page does it.</summary>
    internal Task<bool> NewestAsync(Household home, PortalHost? portal = null) => ReadAsync(home, (reader, camera) => reader.NewestAsync(camera, TimeSpan.Zero, RingPriority.Interactive, CancellationToken.None), portal);

    internal Task<bool> OlderAsync(Household home, DateTimeOffset? until = null) =>
        ReadAsync(home, (reader, camera) => reader.OlderAsync(camera, until ?? DateTimeOffset.MinValue, RingPriority.Interactive, CancellationToken.None));

    /// <summary>Reads until there is no more.</summary>
    internal async Task EverythingAsync(Household home)
    {
        await NewestAsync(home);
        for (var readings = 0; !(await StateAsync(home)).IsComplete; readings++)
        {
            Assert.True(readings < 50, "The history has no end.");
            Assert.True(await OlderAsync(home));
        }
    }

    internal async Task<DeviceHistory> StateAsync(Household home)
    {
        await using var context = Database.CreateContext();
        return await context.DeviceHistories.AsNoTracking().SingleAsync(history => history.DeviceId == home.Device);
    }

    /// <summary>The timeline, newest first.</summary>
    internal async Task<IReadOnlyList<DeviceEvent>> EventsAsync(Household home)
    {
        await using var context = Database.CreateContext();
        return await context.DeviceEvents.IgnoreQueryFilters().AsNoTracking().Where(entry => entry.DeviceId == home.Device).OrderByDescending(entry => entry.OccurredAt).ThenBy(entry => entry.Id).ToListAsync();
    }

    /// <summary>Stores a delivery as due, without anybody processing it.</summary>
    internal async Task StoreAsync(Household home, string type, DateTimeOffset at, string? subType = null)
    {
        var body = EventWorld.Event(type, home.Account, home.RingDevice, at, root => root["data"]!["subType"] = subType);
        Assert.True(RingEnvelope.TryRead(body).TryGetEnvelope(out var envelope, out var reason), reason);
        var now = DateTimeOffset.UtcNow;
        await using var context = Database.CreateContext();
        context.Inbox.Add(new InboxMessage
        {
            Id = Guid.CreateVersion7(now),
            RequestId = envelope.RequestId,
            EventKey = Guid.NewGuid().ToString("N"),
            BodyHash = System.Security.Cryptography.SHA256.HashData(body),
            Body = body,
            AccountId = envelope.AccountId,
            EventType = envelope.EventType,
            Source = envelope.Source,
            OccurredAt = envelope.OccurredAt,
            ReceivedAt = now,
            NextAttemptAt = now,
            State = InboxState.Due,
        });
        await context.SaveChangesAsync();
    }

    internal async Task DeliverAsync(Household home, string type, DateTimeOffset at, string? subType = null)
    {
        await StoreAsync(home, type, at, subType);
        while (await BatchAsync(First) > 0)
        {
        }
    }

    /// <summary>One batch of what is due; how many rows were taken.</summary>
    internal static async Task<int> BatchAsync(PortalHost portal)
    {
        await using var scope = portal.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        return await scope.ServiceProvider.GetRequiredService<InboxBatch>().RunAsync(CancellationToken.None);
    }

    internal async Task<T> AskAsync<TService, T>(Func<TService, Task<T>> ask)
        where TService : notnull
    {
        await using var scope = First.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>The minute's job, once.</summary>
    internal Task FillAsync() => AskAsync(async (FillGapsJob job) =>
    {
        await job.RunAsync(CancellationToken.None);
        return true;
    });

    internal Task<EventGap> GapAsync(Household home) => GapAsync(Database, home.Device);

    internal static async Task<EventGap> GapAsync(TestDatabase database, Guid device)
    {
        await using var context = database.CreateContext();
        return await context.EventGaps.AsNoTracking().SingleAsync(gap => gap.DeviceId == device);
    }

    /// <summary>What open pages are told of a household from now on.</summary>
    internal IReadOnlyList<FeedChange> Told(Household home)
    {
        var reader = First.Services.GetRequiredService<FeedOutlet>().Waiting;
        var told = new List<FeedChange>();
        while (reader.TryRead(out var change))
        {
            told.Add(change);
        }

        return [.. told.Where(change => change.UserId == home.User)];
    }

    private async Task<bool> ReadAsync(Household home, Func<HistoryReader, HistoryCamera, Task<bool>> read, PortalHost? portal = null)
    {
        await using var scope = (portal ?? First).Services.CreateAsyncScope();
        var camera = await scope.ServiceProvider.GetRequiredService<HistoryCameras>().OneAsync(home.Device, CancellationToken.None);
        return await read(scope.ServiceProvider.GetRequiredService<HistoryReader>(), camera!);
    }
}
