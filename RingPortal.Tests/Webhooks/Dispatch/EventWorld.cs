using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data;
using RingPortal.Data.Devices;
using RingPortal.Data.Tokens;
using RingPortal.Data.Webhooks;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.Webhooks.Dispatch;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Webhooks.Dispatch;

/// <summary>A composed portal whose hosted services do not run: a test decides when a batch is processed.</summary>
public sealed class EventWorld : IAsyncLifetime
{
    public TestDatabase Database { get; private set; } = null!;

    public PortalHost Portal { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        Portal = PortalHost.Compose(Database);
    }

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>A household with one camera that Ring listed an hour ago.</summary>
    internal async Task<Household> HouseholdAsync(DateTimeOffset now, RingTokenState state = RingTokenState.Active)
    {
        var account = $"ava1.ring.account.{Guid.NewGuid():N}";
        var user = Guid.CreateVersion7();
        await using var context = Database.CreateContext();
        context.Users.Add(new() { Id = user, UserName = $"{user}@example.org", NormalizedUserName = $"{user}@EXAMPLE.ORG", Email = $"{user}@example.org", EmailConfirmed = true });
        var link = new RingToken
        {
            State = state,
            CodeHash = Guid.NewGuid().ToByteArray(),
            AccountId = account,
            UserId = RingTokenTransitions.Living.Contains(state) ? user : null,
            SealedAccessToken = [1],
            SealedRefreshToken = [1],
            SourceNetwork = "192.0.2.0/24",
            ReceivedAt = now.AddHours(-2),
            RetainFrom = now.AddHours(-2),
            StateChangedAt = now.AddHours(-2),
            MaskedAccount = "m***@example.org",
        };
        context.RingTokens.Add(link);
        Device? device = null;
        if (link.UserId is not null)
        {
            device = NewDevice(link.Id, user, $"ava1.ring.device.{Guid.NewGuid():N}", now.AddHours(-1));
            context.Devices.Add(device);
        }

        await context.SaveChangesAsync();
        return new Household(account, link.Id, user, device?.Id ?? Guid.Empty, device?.RingDeviceId ?? "");
    }

    internal static Device NewDevice(Guid link, Guid user, string ringDeviceId, DateTimeOffset listedAt) => new()
    {
        RingTokenId = link,
        UserId = user,
        RingDeviceId = ringDeviceId,
        Name = "Garden",
        Online = true,
        StatusAt = listedAt,
        LastOnlineAt = listedAt,
        RefreshedAt = listedAt,
        AddedAt = listedAt,
    };

    /// <summary>An event as Ring writes it.</summary>
    internal static byte[] Event(string type, string account, string? source, DateTimeOffset? at, Action<JsonObject>? change = null, string? eventId = null)
    {
        var attributes = new JsonObject { ["source"] = source, ["source_type"] = "devices" };
        if (at is { } time)
        {
            attributes["timestamp"] = time.ToUnixTimeMilliseconds();
        }

        var root = new JsonObject
        {
            ["meta"] = new JsonObject { ["version"] = "1.1", ["time"] = (at ?? DateTimeOffset.UtcNow).ToString("O"), ["request_id"] = Guid.NewGuid().ToString(), ["account_id"] = account },
            ["data"] = new JsonObject { ["id"] = eventId ?? $"{source}_{type}_{Guid.NewGuid():N}", ["type"] = type, ["attributes"] = attributes },
        };
        change?.Invoke(root);
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    /// <summary>Stores a delivery the way the endpoint does and processes what is due.</summary>
    internal async Task<InboxMessage> DeliverAsync(byte[] body)
    {
        var id = await StoreAsync(body);
        await DrainAsync();
        return await MessageAsync(id);
    }

    /// <summary>Stores a delivery as due; its row.</summary>
    internal async Task<Guid> StoreAsync(byte[] body)
    {
        Assert.True(Web.Ring.RingEnvelope.TryRead(body).TryGetEnvelope(out var envelope, out var reason), reason);
        var now = DateTimeOffset.UtcNow;
        var message = new InboxMessage
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
        };
        await using var context = Database.CreateContext();
        context.Inbox.Add(message);
        await context.SaveChangesAsync();
        return message.Id;
    }

    /// <summary>Processes until nothing is due now; what followed is kept in <see cref="Changes"/>.</summary>
    internal async Task DrainAsync()
    {
        int taken;
        do
        {
            await using var scope = Portal.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
            var batch = scope.ServiceProvider.GetRequiredService<InboxBatch>();
            taken = await batch.RunAsync(CancellationToken.None);
            batch.Aftermath.Run(Portal.Services.GetRequiredService<FeedOutlet>(), Portal.Services.GetRequiredService<Web.Jobs.WorkWake>());
        }
        while (taken > 0);
    }

    /// <summary>What open pages were told since the last time.</summary>
    internal IReadOnlyList<FeedChange> Changes(Household home)
    {
        var reader = Portal.Services.GetRequiredService<FeedOutlet>().Waiting;
        while (reader.TryRead(out var change))
        {
            _told.Add(change);
        }

        return [.. _told.Where(change => change.UserId == home.User)];
    }

    internal async Task<InboxMessage> MessageAsync(Guid id)
    {
        await using var context = Database.CreateContext();
        return await context.Inbox.AsNoTracking().SingleAsync(message => message.Id == id);
    }

    /// <summary>The camera as it stands, removed or not; null when it is deleted.</summary>
    internal async Task<Device?> DeviceAsync(Household home)
    {
        await using var context = Database.CreateContext();
        return await context.Devices.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(device => device.Id == home.Device);
    }

    internal async Task<IReadOnlyList<SyncRequest>> AskedAsync(Household home)
    {
        await using var context = Database.CreateContext();
        return await context.SyncRequests.AsNoTracking().Where(request => request.RingTokenId == home.Link).ToListAsync();
    }

    internal RingPortalContext Context() => Database.CreateContext();

    private readonly List<FeedChange> _told = [];
}

internal sealed record Household(string Account, Guid Link, Guid User, Guid Device, string RingDevice);
