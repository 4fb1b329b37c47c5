using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Data.Devices;
using RingPortal.Data.Events;
using RingPortal.Data.LiveView;
using RingPortal.Data.Notifications;
using RingPortal.Data.Subscriptions;
using RingPortal.Data.Teardown;
using RingPortal.Data.Tokens;
using RingPortal.Simulator.Backend;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;
using RingPortal.Web.Features.Teardown;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Teardown;

/// <summary>
/// Two instances on one database and Ring. They are composed and not started: each test runs the jobs itself, so that it
/// knows who does what when.
/// </summary>
public sealed class TeardownWorld : IAsyncLifetime
{
    private NpgsqlDataSource _owner = null!;

    internal TestDatabase Database { get; private set; } = null!;

    internal RingCloud Ring { get; private set; } = null!;

    internal PortalHost First { get; private set; } = null!;

    internal PortalHost Second { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        _owner = NpgsqlDataSource.Create(Database.MigratorConnectionString);
        Ring = await RingCloud.StartAsync(RingCloudOptions.ForTests());
        var key = new Dictionary<string, string?> { ["Vault:Keys:0"] = Convert.ToBase64String(Guid.NewGuid().ToByteArray().Concat(Guid.NewGuid().ToByteArray()).ToArray()) };
        First = PortalHost.Compose(Database, Ring, key);
        Second = PortalHost.Compose(Database, Ring, key);
    }

    public async Task DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await Ring.DisposeAsync();
        await _owner.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Real tokens; a code whose answer a busy machine missed is spent, so the next one is used.</summary>
    private async Task<RingTokenSet> TokensAsync(RingPerson person)
    {
        for (var tries = 0; tries < 5; tries++)
        {
            var installed = await Ring.InstallAsync(person.Key, new InstallOptions { ShareDevices = person.DeviceIds, WithoutExchange = true, WithoutEvents = true });
            var redeemed = await First.Services.GetRequiredService<RingOAuthClient>().RedeemAsync(installed.Code, installed.CodeVerifier, CancellationToken.None);
            if (redeemed.IsSuccess)
            {
                return redeemed.Value;
            }
        }

        throw new InvalidOperationException("Ring's simulator gives no tokens.");
    }

    /// <summary>A person whose Ring account is linked, with real tokens, cameras, events, choices and a plan.</summary>
    internal async Task<Household> HouseholdAsync(int cameras = 2, int events = 10, bool confirmed = true)
    {
        var person = RingPerson.New(cameras);
        Ring.Accounts.Put(person.Account);
        var tokens = await TokensAsync(person);
        var vault = First.Services.GetRequiredService<TokenVault>();
        var now = DateTimeOffset.UtcNow;
        var email = $"{person.Key}@example.org";
        var user = new PortalUser
        {
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            EmailConfirmed = confirmed,
            CreatedAt = now,
        };
        var link = Guid.CreateVersion7();
        await using var context = Database.CreateContext();
        context.Users.Add(user);
        context.RingTokens.Add(new RingToken
        {
            Id = link,
            State = RingTokenState.Active,
            CodeHash = link.ToByteArray(),
            AccountId = person.AccountId,
            MaskedAccount = "n***e@example.com",
            UserId = user.Id,
            SealedAccessToken = vault.Seal(link, VaultColumns.AccessToken, tokens.AccessToken),
            SealedRefreshToken = vault.Seal(link, VaultColumns.RefreshToken, tokens.RefreshToken!),
            AccessExpiresAt = now.AddHours(4),
            RefreshedAt = now,
            LinkedAt = now,
            SourceNetwork = "127.0.0.0/24",
            ReceivedAt = now,
            RetainFrom = now,
            StateChangedAt = now,
        });
        await context.SaveChangesAsync();
        context.Subscriptions.Add(new Subscription { RingTokenId = link, RingSubscriptionId = $"plan-{link:N}", RingDeviceIds = [.. person.DeviceIds], AsOf = now, Active = true });
        var devices = new List<Guid>();
        foreach (var camera in person.Account.Devices)
        {
            var device = new Device { RingTokenId = link, UserId = user.Id, RingDeviceId = camera.Id, Name = camera.Name, Online = true, RefreshedAt = now, AddedAt = now, Capabilities = """{"video":{"max":1080}}""" };
            context.Devices.Add(device);
            context.NotificationPreferences.Add(new NotificationPreference { DeviceId = device.Id, UserId = user.Id, Press = true, PeriodMinutes = 15, PendingSince = now, DueAt = now.AddMinutes(5) });
            context.SyncRequests.Add(new SyncRequest { RingTokenId = link, Kind = SyncKind.Devices, RingDeviceId = camera.Id, RequestedAt = now, NextAttemptAt = now.AddHours(1) });
            for (var number = 0; number < events; number++)
            {
                context.DeviceEvents.Add(new DeviceEvent { DeviceId = device.Id, UserId = user.Id, Kind = DeviceEventKind.Motion, SubType = "human", OccurredAt = now.AddSeconds(-number), RecordedAt = now, SourceKey = $"event-{number}" });
            }

            devices.Add(device.Id);
        }

        await context.SaveChangesAsync();
        return new Household(person, user.Id, link, devices);
    }

    /// <summary>Somebody watches a camera: Ring has the session, and so have we.</summary>
    internal async Task<Guid> WatchAsync(Household household, int camera = 0)
    {
        var opened = Ring.Sessions.Open(household.Ring.Key, household.Ring.Account.Devices[camera].Id);
        var session = new LiveSession
        {
            DeviceId = household.Cameras[camera],
            RingTokenId = household.Link,
            UserId = household.UserId,
            RingPath = opened.Location.PathAndQuery,
            StartedAt = DateTimeOffset.UtcNow,
        };
        await using var context = Database.CreateContext();
        context.LiveSessions.Add(session);
        await context.SaveChangesAsync();
        return session.Id;
    }

    /// <summary>Ring's word that a camera is removed, as a handler takes it; the job is not woken.</summary>
    internal async Task<Guid> RemoveCameraAsync(Household household, int camera = 0)
    {
        await using var scope = First.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        await using var transaction = await context.Database.BeginTransactionAsync();
        var id = household.Cameras[camera];
        var device = await context.Devices.FromSql($"SELECT * FROM devices WHERE id = {id} FOR UPDATE").SingleAsync();
        var work = await scope.ServiceProvider.GetRequiredService<TeardownRequests>()
            .DeviceAsync(context, device, TeardownCause.Webhook, DateTimeOffset.UtcNow, inboxId: null, CancellationToken.None);
        await context.SaveChangesAsync();
        await transaction.CommitAsync();
        return work.Id;
    }

    /// <summary>Ring's word that the app is removed, as a handler takes it; the job is not woken.</summary>
    internal async Task<Guid> RemoveConnectionAsync(Household household, TeardownCause cause = TeardownCause.Webhook)
    {
        await using var scope = First.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        await using var transaction = await context.Database.BeginTransactionAsync();
        var link = await context.RingTokens.FromSql($"SELECT * FROM ring_tokens WHERE id = {household.Link} FOR UPDATE").SingleAsync();
        var work = await scope.ServiceProvider.GetRequiredService<TeardownRequests>()
            .IntegrationAsync(context, link, RingTokenState.Removed, cause, DateTimeOffset.UtcNow, inboxId: null, CancellationToken.None);
        await context.SaveChangesAsync();
        await transaction.CommitAsync();
        return work.Id;
    }

    /// <summary>Runs the job of a teardown once on an instance, as Hangfire would.</summary>
    internal static async Task<TimeSpan?> RunAsync(PortalHost portal, Guid teardown, CancellationToken cancellationToken = default)
    {
        await using var scope = portal.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        return await scope.ServiceProvider.GetRequiredService<TeardownRunner>().RunAsync(teardown, cancellationToken);
    }

    /// <summary>As if the pause after a failure were over.</summary>
    internal Task<int> MakeDueAsync(Guid teardown) =>
        Database.ExecuteAsync($"UPDATE teardowns SET next_attempt_at = now() - interval '1 second' WHERE id = '{teardown}' AND completed_at IS NULL");

    /// <summary>As if an instance had died that long ago: its lease has ended by itself.</summary>
    internal Task<int> EndLeaseAsync(Guid teardown) =>
        Database.ExecuteAsync($"UPDATE teardowns SET lease_until = now() - interval '1 second' WHERE id = '{teardown}'");

    internal async Task<TeardownWork> WorkAsync(Guid teardown)
    {
        await using var context = Database.CreateContext();
        return await context.Teardowns.AsNoTracking().SingleAsync(work => work.Id == teardown);
    }

    internal async Task<IReadOnlyList<TeardownStep>> StepsAsync(Guid teardown)
    {
        await using var context = Database.CreateContext();
        return await context.TeardownSteps.AsNoTracking().Where(step => step.TeardownId == teardown).OrderBy(step => step.Position).ToListAsync();
    }

    /// <summary>How many live views Ring ended because we said so.</summary>
    internal int Ended(Household household) => Ring.Calls.Count(RingOperation.LiveSessionDelete, household.Ring.Key, 204);

    /// <summary>Runs a statement as the owner of the schema.</summary>
    internal async Task AsOwnerAsync(string sql)
    {
        await using var command = _owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    internal Task<NpgsqlConnection> ConnectAsOwnerAsync() => _owner.OpenConnectionAsync().AsTask();

    /// <summary>Drops pooled connections that a cut left behind, so that the next test does not meet them.</summary>
    internal void ForgetConnections()
    {
        foreach (var sources in new[] { First, Second }.Select(portal => portal.Services.GetRequiredService<PortalDataSources>()))
        {
            foreach (var pool in new[] { sources.Web, sources.Webhook, sources.Jobs, sources.Hangfire })
            {
                pool.Clear();
            }
        }
    }

    /// <summary>Cuts every connection that the portals have to the database.</summary>
    internal async Task CutConnectionsAsync()
    {
        var cluster = await TestCluster.SharedAsync();
        await cluster.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Database.Name}' AND application_name LIKE 'ringportal-%'");
    }
}

/// <summary>A person, their link and their cameras in the order of Ring's list.</summary>
internal sealed record Household(RingPerson Ring, Guid UserId, Guid Link, IReadOnlyList<Guid> Cameras);
