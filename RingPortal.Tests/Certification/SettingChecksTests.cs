using System.Buffers.Binary;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Certification;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Certification;
using RingPortal.Web.Features.Certification.Checks;

namespace RingPortal.Tests.Certification;

/// <summary>The checks of settings and records: each green as things should be, and red when its own thing is wrong.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class SettingChecksTests(CertificationWorld world) : IClassFixture<CertificationWorld>
{
    [Fact]
    public void Every_Machine_Item_Has_One_Check_And_Every_Check_An_Item()
    {
        using var scope = world.Portal.Services.CreateScope();
        var checks = scope.ServiceProvider.GetServices<ICertificationCheck>().Select(check => check.Item).Order().ToList();

        Assert.Equal(CertificationCatalogue.Items.Where(item => item.IsMachine).Select(item => item.Id).Order(), checks);
    }

    [Theory]
    [InlineData("before.name", "Listing:Name", "Ringview", "contains Ring or Amazon")]
    [InlineData("before.name", "Listing:Name", "Another", "another name")]
    [InlineData("before.sheet", "Listing:Description", "", "Listing__Description is not set")]
    [InlineData("before.webhook.key", "Ring:HmacKey", "dev-client-secret-5c1f8e42", "client secret")]
    [InlineData("before.webhook.key", "Ring:HmacKey", "short", "5 characters only")]
    [InlineData("behave.nonce", "Linking:NonceWindowSeconds", "300", "Ring's window is 600")]
    [InlineData("behave.pool", "Pool:RetentionMinutes", "20", "10 to 15")]
    public async Task A_Wrong_Setting_Does_Not_Pass(string item, string key, string value, string because)
    {
        var right = await world.RunAsync(item);
        var wrong = item == "before.webhook.key" && value.StartsWith("dev", StringComparison.Ordinal)
            ? await world.RunWithAsync(item, (key, value), ("Ring:ClientSecret", value))
            : await world.RunWithAsync(item, (key, value));

        Assert.True(right.Outcome is CheckOutcome.Passed, right.Evidence);
        Assert.Equal(CheckOutcome.Failed, wrong.Outcome);
        Assert.Contains(because, wrong.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Tls_Nothing_Is_Passed_And_Nothing_Failed()
    {
        var finding = await world.RunAsync("before.https");

        Assert.Equal(CheckOutcome.NotApplicable, finding.Outcome);
        Assert.Contains("There is no TLS here", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Portal_In_Development_On_This_Machine_Is_Not_Production()
    {
        var finding = await world.RunAsync("before.production");

        Assert.Equal(CheckOutcome.Failed, finding.Outcome);
        Assert.Contains("Development", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signatures_Of_Another_Key_Are_Told_By_The_Key_Doctor()
    {
        await world.Database.ExecuteAsync("INSERT INTO alarms (id, key, text, raised_at, last_at, count) VALUES (gen_random_uuid(), 'webhook.signature', 'x', now(), now(), 1)");
        try
        {
            Assert.Contains("another key", (await world.RunAsync("before.webhook.key")).Evidence, StringComparison.Ordinal);
        }
        finally
        {
            await world.Database.ExecuteAsync("DELETE FROM alarms WHERE key = 'webhook.signature'");
        }
    }

    [Fact]
    public async Task A_Ring_That_Does_Not_Tell_The_Time_Does_Not_Pass() =>
        Assert.Equal(CheckOutcome.Failed, (await world.RunWithAsync("behave.clock", ("Ring:OAuthTokenUrl", "http://127.0.0.1:9/oauth/token"))).Outcome);

    [Fact]
    public async Task An_Old_Unclaimed_Token_Does_Not_Pass()
    {
        try
        {
            // The minute's own cleanup may come between.
            await Eventually.TrueAsync(
                async () =>
                {
                    await InsertAsync("UNCLAIMED", "now() - interval '2 hours'", linked: false);
                    return (await world.RunAsync("behave.pool")).Evidence.Contains("cleanup is behind", StringComparison.Ordinal);
                },
                TimeSpan.FromSeconds(10), "the check tells of an old token");
        }
        finally
        {
            await world.Database.ExecuteAsync("DELETE FROM ring_tokens");
        }
    }

    [Fact]
    public async Task Connections_Are_Judged_By_What_Was_Recorded_Of_Them()
    {
        Assert.Equal(CheckOutcome.Failed, (await world.RunAsync("before.oauth.flow")).Outcome);
        Assert.Equal(CheckOutcome.NotRecorded, (await world.RunAsync("behave.confirm")).Outcome);
        Assert.Equal(CheckOutcome.NotRecorded, (await world.RunAsync("behave.tokens")).Outcome);
        Assert.Equal(CheckOutcome.NotRecorded, (await world.RunAsync("before.scopes")).Outcome);
        await InsertAsync("ACTIVE", "now()", linked: true);
        try
        {
            foreach (var item in new[] { "before.oauth.flow", "behave.confirm", "behave.tokens", "before.scopes" })
            {
                var finding = await world.RunAsync(item);
                Assert.True(finding.Outcome is CheckOutcome.Passed, $"{item}: {finding.Evidence}");
            }

            await TurnsRedAsync("behave.confirm", "masked_account = 'jane@example.com'");
            await TurnsRedAsync("behave.tokens", "refresh_failing_since = now()");
            await TurnsRedAsync("behave.tokens", "sealed_access_token = '\\x01'");
            await TurnsRedAsync("before.scopes", "scope = 'ava.other'");
            await TurnsRedAsync("before.oauth.flow", "linked_at = now() - interval '60 days'");
        }
        finally
        {
            await world.Database.ExecuteAsync("DELETE FROM ring_tokens");
        }
    }

    [Fact]
    public async Task A_Logo_Is_Judged_By_Its_Own_Bytes()
    {
        using var folder = new TestFolder();
        var path = folder.Inside("logo.png");
        Assert.Equal(CheckOutcome.Failed, (await world.RunAsync("before.logo")).Outcome);
        await File.WriteAllBytesAsync(path, Png(512, 512));
        Assert.Equal(CheckOutcome.Passed, (await world.RunWithAsync("before.logo", ("Listing:LogoPath", path))).Outcome);
        await File.WriteAllBytesAsync(path, Png(256, 512));
        Assert.Contains("256 x 512", (await world.RunWithAsync("before.logo", ("Listing:LogoPath", path))).Evidence, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, "<svg xmlns='http://www.w3.org/2000/svg'/> and more text");
        Assert.Contains("no PNG", (await world.RunWithAsync("before.logo", ("Listing:LogoPath", path))).Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notes_Count_When_They_Are_Saved_With_An_Account()
    {
        Assert.Equal(CheckOutcome.Failed, (await world.RunAsync("before.notes")).Outcome);
        await world.Database.ExecuteAsync(
            """
            INSERT INTO users (id, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, created_at) VALUES ('00000000-0000-7000-8000-00000000000a', true, false, false, true, 0, now());
            INSERT INTO review_accounts (user_id, made_at) VALUES ('00000000-0000-7000-8000-00000000000a', now());
            INSERT INTO certification_entries (key, value, changed_at) SELECT 'note.' || n, repeat('x', 30), now() FROM generate_series(1, 3) n;
            """);
        Assert.Equal(CheckOutcome.Passed, (await world.RunAsync("before.notes")).Outcome);
        await world.Database.ExecuteAsync("UPDATE certification_entries SET value = 'short' WHERE key = 'note.2'");
        Assert.Contains("note 2 has 5 characters", (await world.RunAsync("before.notes")).Evidence, StringComparison.Ordinal);
    }

    private async Task TurnsRedAsync(string item, string set)
    {
        await world.Database.ExecuteAsync("DELETE FROM ring_tokens");
        await InsertAsync("ACTIVE", "now()", linked: true);
        await world.Database.ExecuteAsync($"UPDATE ring_tokens SET {set}");
        var finding = await world.RunAsync(item);
        Assert.True(finding.Outcome is CheckOutcome.Failed, $"{item} with {set}: {finding.Evidence}");
    }

    private async Task InsertAsync(string state, string since, bool linked)
    {
        await world.Database.ExecuteAsync(
            """
            INSERT INTO users (id, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, created_at) VALUES ('00000000-0000-7000-8000-00000000000b', true, false, false, true, 0, now()) ON CONFLICT DO NOTHING
            """);
        await world.Database.ExecuteAsync(
            $"""
            INSERT INTO ring_tokens (id, state, code_hash, account_id, masked_account, user_id, scope, sealed_access_token, sealed_refresh_token, linked_at, source_network, received_at, retain_from, state_changed_at, attempts, outcome_unknown, version)
            VALUES (gen_random_uuid(), '{state}', sha256(gen_random_uuid()::text::bytea), 'ava1.ring.account.X', 'j***@example.com', {(linked ? "'00000000-0000-7000-8000-00000000000b'" : "NULL")}, 'ava.devices',
                    decode(repeat('ab', 60), 'hex'), decode(repeat('ab', 60), 'hex'), {(linked ? since : "NULL")}, '192.0.2.0/24', {since}, {since}, {since}, 0, false, 0)
            """);
    }

    private static byte[] Png(uint width, uint height)
    {
        var header = new byte[33];
        new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R' }.CopyTo(header, 0);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(16), width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(20), height);
        return header;
    }
}
