using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Events;
using RingPortal.Web.Features.Subscriptions;

namespace RingPortal.Tests.Events;

/// <summary>The timeline's queries as they are really sent, on 100,000 events of 40 households after ANALYZE: none reads the whole table.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class TimelinePlanTests : IClassFixture<TimelinePlanTests.Rows>, IDisposable
{
    private static readonly Guid s_user = new("00000000-0000-7000-8000-000000000007");

    private readonly PlanRecorder _plans = new();
    private readonly ServiceProvider _services;

    public TimelinePlanTests(Rows rows)
    {
        _services = new ServiceCollection()
            .Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
            .AddDbContext<RingPortalContext>(options => options.UsePortalDatabase(rows.Database.Source).AddInterceptors(_plans))
            .AddOptions().AddSingleton(TimeProvider.System).AddSingleton<PlanAccess>().AddSingleton<DeviceQueries>().AddSingleton<EventQueries>()
            .BuildServiceProvider();
    }

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData("/events")]
    [InlineData("/events?day=2026-11-01")]
    [InlineData("/events?before=1790000000000000-00000000000000000000000000000001")]
    [InlineData("/events?kind=ring")]
    [InlineData("/events?kind=package&kind=motion&camera=00000000-0000-7000-a000-000000000006&camera=00000000-0000-7000-a000-000000000046")]
    [InlineData("/events?camera=00000000-0000-7000-a000-000000000006")]
    public async Task No_Piece_Of_The_Timeline_Reads_The_Whole_Table(string address)
    {
        var query = System.Web.HttpUtility.ParseQueryString(address.Contains('?', StringComparison.Ordinal) ? address[address.IndexOf('?', StringComparison.Ordinal)..] : "");
        var filter = TimelineFilter.Read(query.GetValues("camera"), query.GetValues("kind"), query["day"], query["before"]);
        var queries = _services.GetRequiredService<EventQueries>();

        var view = await queries.TimelineAsync(s_user, filter, CancellationToken.None);
        await queries.AgainAsync(s_user, filter, view.Entries.Count > 0 ? view.Entries[0].Position : null, CancellationToken.None);
        await queries.CountAsync(s_user, filter, CancellationToken.None);

        _plans.AssertIndexed("device_events");
    }

    [Fact]
    public async Task Overview_News_And_One_Entry_Are_Found_By_Index()
    {
        var queries = _services.GetRequiredService<EventQueries>();

        Assert.All((await _services.GetRequiredService<DeviceQueries>().CamerasAsync(s_user, CancellationToken.None)).Cameras, camera => Assert.NotNull(camera.Latest));
        await queries.RecentAsync(s_user, DateTimeOffset.UtcNow.AddMinutes(-2), CancellationToken.None);
        await queries.EventAsync(s_user, Guid.NewGuid(), CancellationToken.None);

        _plans.AssertIndexed("device_events");
    }

    /// <summary>What the plans are made for.</summary>
    public sealed class Rows : FilledDatabase
    {
        protected override string Statements =>
            """
            INSERT INTO users (id, email, user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, created_at, time_zone)
            SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, n || '@x', n || '@x', true, false, false, true, 0, now(), 'Europe/Berlin' FROM generate_series(1, 40) n;
            INSERT INTO ring_tokens (id, state, code_hash, account_id, user_id, source_network, received_at, retain_from, state_changed_at, attempts, outcome_unknown, version)
            SELECT ('00000000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid, 'ACTIVE', sha256(n::text::bytea), 'account-' || n, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'x', now(), now(), now(), 0, false, 0
            FROM generate_series(1, 40) n;
            INSERT INTO devices (id, ring_token_id, user_id, ring_device_id, name, refreshed_at, added_at)
            SELECT ('00000000-0000-7000-a000-' || lpad(n::text, 12, '0'))::uuid, ('00000000-0000-7000-9000-' || lpad((n % 40 + 1)::text, 12, '0'))::uuid, ('00000000-0000-7000-8000-' || lpad((n % 40 + 1)::text, 12, '0'))::uuid, 'd' || n, 'Camera ' || n, now(), now()
            FROM generate_series(0, 199) n;
            INSERT INTO device_events (id, device_id, user_id, kind, sub_type, occurred_at, recorded_at, source_key)
            SELECT gen_random_uuid(), ('00000000-0000-7000-a000-' || lpad((n % 200)::text, 12, '0'))::uuid, ('00000000-0000-7000-8000-' || lpad((n % 40 + 1)::text, 12, '0'))::uuid,
                   CASE WHEN n % 9 = 0 THEN 'Press' ELSE 'Motion' END, CASE WHEN n % 9 = 0 THEN NULL ELSE 'human' END, now() - n * interval '50 seconds', now(), 'k' || n
            FROM generate_series(1, 100000) n;
            ANALYZE;
            """;
    }
}
