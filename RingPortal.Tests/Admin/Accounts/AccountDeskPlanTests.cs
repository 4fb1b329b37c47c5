using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RingPortal.Data;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Admin.Accounts;

namespace RingPortal.Tests.Admin.Accounts;

/// <summary>The desk's queries as they are really sent, with 60,000 rows in each big table after ANALYZE: none reads a whole one.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class AccountDeskPlanTests : IAsyncLifetime
{
    private static readonly Guid s_user = new("00000000-0000-7000-8000-000000000007");

    private readonly PlanRecorder _plans = new();
    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await using var owner = NpgsqlDataSource.Create(_database.MigratorConnectionString);
        foreach (var statement in (string[])
        [
            """
            INSERT INTO users (id, email, normalized_email, user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, created_at)
            SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, n || '@x', n || '@X', n || '@x', true, false, false, true, 0, now() FROM generate_series(1, 60000) n
            """,
            """
            INSERT INTO ring_tokens (id, state, code_hash, account_id, user_id, source_network, received_at, retain_from, state_changed_at, attempts, outcome_unknown, version)
            SELECT ('00000000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid, 'ACTIVE', sha256(n::text::bytea), 'account-' || n, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'x', now(), now(), now(), 0, false, 0
            FROM generate_series(1, 60000) n
            """,
            """
            INSERT INTO devices (id, ring_token_id, user_id, ring_device_id, name, refreshed_at, added_at)
            SELECT ('00000000-0000-7000-a000-' || lpad(n::text, 12, '0'))::uuid, ('00000000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'd' || n, 'Camera ' || n, now(), now()
            FROM generate_series(1, 200) n
            """,
            """
            INSERT INTO device_events (id, device_id, user_id, kind, occurred_at, recorded_at, source_key)
            SELECT gen_random_uuid(), ('00000000-0000-7000-a000-' || lpad((n % 200 + 1)::text, 12, '0'))::uuid, ('00000000-0000-7000-8000-' || lpad((n % 200 + 1)::text, 12, '0'))::uuid, 'Motion', now() - n * interval '50 seconds', now(), 'k' || n
            FROM generate_series(1, 60000) n
            """,
            """
            INSERT INTO audit_subjects (id, user_id, sealed_archive_key)
            SELECT ('00000000-0000-7000-b000-' || lpad(n::text, 12, '0'))::uuid, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, '' FROM generate_series(1, 200) n
            """,
            """
            INSERT INTO audit_records (at, action, actor, subject_id)
            SELECT now(), CASE WHEN n % 3 = 0 THEN 'sign-in.failed' ELSE 'link.claimed' END, 'Portal', ('00000000-0000-7000-b000-' || lpad((n % 200 + 1)::text, 12, '0'))::uuid FROM generate_series(1, 60000) n
            """,
            "ANALYZE",
        ])
        {
            await using var command = owner.CreateCommand(statement);
            command.CommandTimeout = 120;
            await command.ExecuteNonQueryAsync();
        }

        _services = new ServiceCollection()
            .Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
            .AddDbContext<RingPortalContext>(options => options.UsePortalDatabase(_database.Source).AddInterceptors(_plans))
            .AddSingleton(TimeProvider.System).AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>().AddSingleton<AccountSearch>().AddSingleton<AccountDeskQueries>()
            .BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Finding_And_Showing_An_Account_Reads_No_Whole_Table()
    {
        var search = _services.GetRequiredService<AccountSearch>();
        Assert.Single(await search.FindAsync("7@x", CancellationToken.None));
        Assert.Equal(s_user, Assert.Single(await search.FindAsync("account-7", CancellationToken.None)).Id);
        var view = await _services.GetRequiredService<AccountDeskQueries>().ViewAsync(s_user, CancellationToken.None);

        Assert.Equal((1, 1, 20, 100), (view!.Connections.Count, view.Cameras.Count, view.Events.Count, Assert.Single(view.SignIns).Count));
        Assert.True(_plans.Plans.Count >= 9, $"Only {_plans.Plans.Count} queries were explained.");
        Assert.All(_plans.Plans, plan => Assert.DoesNotMatch("Seq Scan on (users|ring_tokens|device_events|audit_records)", plan));
    }
}
