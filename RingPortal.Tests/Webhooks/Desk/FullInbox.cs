using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Webhooks.Desk;

namespace RingPortal.Tests.Webhooks.Desk;

/// <summary>60,000 deliveries of 200 accounts.</summary>
public sealed class FullInbox : FilledDatabase
{
    protected override string Statements =>
        """
        INSERT INTO users (id, email, user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, created_at)
        VALUES ('00000000-0000-7000-8000-000000000001', 'a@x', 'a@x', true, false, false, true, 0, now());
        INSERT INTO ring_tokens (id, state, code_hash, account_id, user_id, source_network, received_at, retain_from, state_changed_at, attempts, outcome_unknown, version)
        SELECT ('00000000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid, 'ACTIVE', sha256(n::text::bytea), 'account-' || n, '00000000-0000-7000-8000-000000000001', 'x', now(), now(), now(), 0, false, 0
        FROM generate_series(0, 199) n;
        INSERT INTO devices (id, ring_token_id, user_id, ring_device_id, name, refreshed_at, added_at)
        SELECT ('00000000-0000-7000-a000-' || lpad(n::text, 12, '0'))::uuid, ('00000000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid, '00000000-0000-7000-8000-000000000001', 'device-' || n, 'Door', now(), now()
        FROM generate_series(0, 199) n;
        INSERT INTO webhook_inbox (id, request_id, event_key, body_hash, body, account_id, event_type, source, received_at, state, attempts, next_attempt_at, settled_at, bulk_id)
        SELECT gen_random_uuid(), 'r' || n, 'k' || n, sha256(n::text::bytea), '{}', 'account-' || n % 200, CASE WHEN n % 500 = 0 THEN 'device_removed' WHEN n % 9 = 0 THEN 'button_press' ELSE 'motion_detected' END,
               'device-' || n % 200, now() - n * interval '40 seconds', state, 1, CASE state WHEN 'Due' THEN now() END, now(), CASE WHEN n % 50 = 0 THEN '00000000-0000-7000-b000-000000000001'::uuid END
        FROM (SELECT n, CASE WHEN n < 30 THEN 'Due' WHEN n % 100 = 0 THEN 'Dead' WHEN n % 101 = 0 THEN 'Parked' WHEN n % 3000 = 7 THEN 'Quarantined' ELSE 'Done' END AS state FROM generate_series(1, 60000) n) AS rows;
        ANALYZE;
        """;

    /// <summary>What reads it, with every plan noted.</summary>
    internal ServiceProvider Serve(PlanRecorder plans) => new ServiceCollection()
        .Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .AddDbContext<RingPortalContext>(options => options.UsePortalDatabase(Database.Source).AddInterceptors(plans))
        .AddSingleton(TimeProvider.System).AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider()).AddSingleton<InboxAddress>()
        .AddSingleton<InboxQueries>().AddSingleton<DeliveryQueries>().AddSingleton<BulkQueries>().AddScoped<BulkChunk>()
        .BuildServiceProvider();
}
