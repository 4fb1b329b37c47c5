using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Erasure;
using RingPortal.Data.Linking;
using RingPortal.Data.Webhooks;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Teardown;
using RingPortal.Web.Features.Audit.Sealing;
using RingPortal.Web.Features.Audit.Verification;
using RingPortal.Web.Features.Erasure;
using RingPortal.Web.Features.Notifications;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Erasure;

/// <summary>Two instances that are composed and not started, and people of whom something stands in every table.</summary>
public sealed class ErasureWorld : IAsyncLifetime
{
    internal TeardownWorld Homes { get; } = new();

    internal TestDatabase Database => Homes.Database;

    public Task InitializeAsync() => Homes.InitializeAsync();

    public Task DisposeAsync() => Homes.DisposeAsync();

    /// <summary>A linked person who has been here for a while: one camera is removed already, one Ring account was connected before.</summary>
    internal async Task<Person> PersonAsync(bool confirmed = true)
    {
        var home = await Homes.HouseholdAsync(cameras: 3, confirmed: confirmed);
        var tail = home.Ring.Key[4..];
        await Database.ExecuteAsync(
            $"""
            UPDATE devices SET name = 'Küche {tail} ' || id WHERE user_id = '{home.UserId}';
            UPDATE ring_tokens SET masked_account = 'm***{tail}', masked_name = 'M*** {tail}' WHERE user_id = '{home.UserId}'
            """);
        await Homes.WatchAsync(home);
        await TeardownWorld.RunAsync(Homes.First, await Homes.RemoveCameraAsync(home, camera: 2));
        var person = new Person(home, tail, $"{home.Ring.Key}@example.org", $"ava1.ring.account.OLD{tail}");
        await Database.ExecuteAsync(RowsOf(person));
        await AddDeliveriesAsync(person);
        return person;
    }

    /// <summary>What the page does.</summary>
    internal async Task<Guid> BeginAsync(Person person, PortalHost? portal = null)
    {
        await using (var scope = (portal ?? Homes.First).Services.CreateAsyncScope())
        {
            Assert.IsType<ErasureAnswer.Begun>(await scope.ServiceProvider.GetRequiredService<ErasureRequests>().BeginAsync(person.UserId, person.Email, CancellationToken.None));
        }

        await using var context = Database.CreateContext();
        return await context.Erasures.Where(work => work.UserId == person.UserId).Select(work => work.Id).SingleAsync();
    }

    /// <summary>Runs the job once on an instance, as Hangfire would.</summary>
    internal static async Task<TimeSpan?> RunAsync(PortalHost portal, Guid erasure, CancellationToken cancellationToken = default)
    {
        await using var scope = portal.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        return await scope.ServiceProvider.GetRequiredService<ErasureRunner>().RunAsync(erasure, cancellationToken);
    }

    /// <summary>Runs all jobs of an erasure, over and over, until it is complete.</summary>
    internal Task FinishAsync(Guid erasure, PortalHost? portal = null) => Eventually.TrueAsync(
        async () =>
        {
            await MakeDueAsync(erasure);
            await RunAsync(portal ?? Homes.First, erasure);
            await RunTeardownsAsync(erasure);
            return (await WorkAsync(erasure)).CompletedAt is not null;
        },
        TimeSpan.FromSeconds(60), "the erasure is complete");

    /// <summary>Runs the removals that an erasure waits for.</summary>
    internal async Task RunTeardownsAsync(Guid erasure)
    {
        await using var context = Database.CreateContext();
        var open = await context.Teardowns.Where(work => work.CompletedAt == null && work.UserId == context.Erasures.First(row => row.Id == erasure).UserId).Select(work => work.Id).ToListAsync();
        foreach (var teardown in open)
        {
            await TeardownWorld.RunAsync(Homes.Second, teardown);
        }
    }

    /// <summary>As if the pause after a look or a failure were over.</summary>
    internal Task<int> MakeDueAsync(Guid erasure) =>
        Database.ExecuteAsync($"UPDATE erasures SET next_attempt_at = now() - interval '1 second' WHERE id = '{erasure}' AND completed_at IS NULL");

    internal async Task<ErasureWork> WorkAsync(Guid erasure)
    {
        await using var context = Database.CreateContext();
        return await context.Erasures.AsNoTracking().SingleAsync(work => work.Id == erasure);
    }

    /// <summary>Where a person is found in the whole database.</summary>
    internal Task<IReadOnlyDictionary<string, long>> FindAsync(Person person) => DatabaseScan.FindAsync(Database.MigratorConnectionString, person.Canaries);

    /// <summary>Sends the messages that wait.</summary>
    internal async Task SendMailAsync()
    {
        await using var scope = Homes.First.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SendEmailJob>().RunAsync(CancellationToken.None);
    }

    /// <summary>Seals all of the audit trail and looks at it: how many records it has, and that it is whole.</summary>
    internal async Task<AuditVerdict> VerifyTrailAsync()
    {
        await Eventually.TrueAsync(
            async () =>
            {
                await using var sealing = Homes.First.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
                await sealing.ServiceProvider.GetRequiredService<AuditSealer>().SealAsync(CancellationToken.None);
                return await Database.ScalarAsync<long>("SELECT count(*) FROM audit_records WHERE NOT EXISTS (SELECT FROM audit_seals WHERE record_ids @> ARRAY[audit_records.id])") == 0;
            },
            TimeSpan.FromMinutes(2), "all sealed");
        await using var scope = Homes.First.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        return await scope.ServiceProvider.GetRequiredService<AuditVerifier>().VerifyAsync(known: null, progress: null, CancellationToken.None);
    }

    /// <summary>Stores a delivery of Ring about a person as it stands in the inbox afterwards.</summary>
    internal async Task<Guid> AddDeliveryAsync(string? account, string body, InboxState state)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var message = new InboxMessage
        {
            RequestId = $"{Guid.NewGuid()}",
            BodyHash = SHA256.HashData(bytes),
            Body = bytes,
            AccountId = account,
            EventType = "motion_detected",
            Source = account is null ? null : body,
            ReceivedAt = DateTimeOffset.UtcNow,
            State = state,
        };
        await using var context = Database.CreateContext();
        context.Inbox.Add(message);
        await context.SaveChangesAsync();
        return message.Id;
    }

    private async Task AddDeliveriesAsync(Person person)
    {
        foreach (var state in new[] { InboxState.Done, InboxState.Parked, InboxState.Dead })
        {
            await AddDeliveryAsync(person.AccountId, $"{person.AccountId} {person.DeviceIds[0]}", state);
        }

        await AddDeliveryAsync(person.OldAccountId, person.OldAccountId, InboxState.Done);
        await AddDeliveryAsync(null, $"[{person.AccountId}", InboxState.Quarantined);
        await AddDeliveryAsync(null, $"[{person.DeviceIds[1]}", InboxState.Quarantined);
        await AddDeliveryAsync(null, $"[{person.DeviceIds[2]}", InboxState.Done);
    }

    private static string RowsOf(Person person)
    {
        const string token = "INSERT INTO ring_tokens (id, state, code_hash, account_id, masked_account, masked_name, user_id, source_network, received_at, retain_from, state_changed_at, attempts, outcome_unknown, version) SELECT gen_random_uuid()";
        var (mask, user, nonce) = ($"m***{person.Tail}", $"'{person.UserId}'", LinkOutcome.Linked);
        const string times = "'192.0.2.0/24', now() - interval '1 hour', now(), now(), 0, false, 0";
        return
            $"""
            {token}, 'REMOVED', sha256('old{person.Tail}'), '{person.OldAccountId}', '{mask}', '{mask}', {user}, {times};
            {token}, 'EXPIRED', sha256('expired{person.Tail}'), '{person.AccountId}', '{mask}', '{mask}', NULL, {times};
            {token}, 'UNCLAIMED', sha256('waiting{person.Tail}'), '{person.AccountId}', '{mask}', '{mask}', NULL, {times};
            INSERT INTO used_nonces (nonce_hash, user_id, ring_token_id, used_at, outcome, reference) VALUES (sha256('{person.Tail}'), {user}, '{person.Home.Link}', now(), '{nonce}', '1234');
            INSERT INTO outbox_emails (id, user_id, sealed_message, kind, created_at, expires_at, attempts, next_attempt_at) VALUES (gen_random_uuid(), {user}, '{person.Email}', 'confirm', now(), now() + interval '1 day', 0, now() + interval '1 hour');
            INSERT INTO alarms (id, key, text, raised_at, last_at, count) VALUES (gen_random_uuid(), 'link.reauth.{person.Home.Link:N}', 'Ring refuses', now(), now(), 1);
            INSERT INTO user_claims (user_id, claim_type, claim_value) VALUES ({user}, 'name', '{person.Email}');
            INSERT INTO user_logins (login_provider, provider_key, user_id) VALUES ('other', '{person.Email}', {user});
            INSERT INTO user_tokens (user_id, login_provider, name, value) VALUES ({user}, 'portal', 'AuthenticatorKey', '{person.Email}');
            INSERT INTO user_passkeys (credential_id, user_id, data) VALUES ('{person.Tail}', {user}, jsonb_build_object('Name', '{person.Email}'));
            """;
    }
}

/// <summary>Somebody who may leave.</summary>
internal sealed record Person(Household Home, string Tail, string Email, string OldAccountId)
{
    public Guid UserId => Home.UserId;

    public string AccountId => Home.Ring.AccountId;

    public IReadOnlyList<string> DeviceIds => [.. Home.Ring.Account.Devices.Select(device => device.Id)];

    /// <summary>What must not be found anywhere afterwards: all of it holds these letters, in one case or the other.</summary>
    public IReadOnlyList<string> Canaries => [Email, Email.ToUpperInvariant(), AccountId, OldAccountId, .. DeviceIds, $"Küche {Tail}", $"m***{Tail}", $"M*** {Tail}", $"{UserId}", Tail];
}
