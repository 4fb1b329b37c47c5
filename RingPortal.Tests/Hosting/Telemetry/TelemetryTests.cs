using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Simulator.Events;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Tests.Hosting.Telemetry;

/// <summary>What operators see of a portal at work: one trace from the webhook to the page, metrics on their own address, and nothing that is nobody's business.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
[Collection(TelemetryTurn.Name)]
public sealed class TelemetryTests(TelemetryWorld world)
{
    private const string Strangers = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_Trace_Leads_From_The_Webhook_To_The_Page_And_Nothing_Exported_Holds_A_Secret_Or_A_Person()
    {
        var person = RingPerson.New();
        var ring = world.Links.Ring;
        ring.Accounts.Put(person.Account);
        var installed = await ring.InstallAsync(person.Key, new() { ShareDevices = person.DeviceIds });
        await world.Links.UntilStateAsync(person, "UNCLAIMED");
        var redirect = ring.BeginLink(person.Key);
        var nonce = System.Web.HttpUtility.ParseQueryString(redirect.Query)["nonce"]!;
        var email = $"canary-{Guid.NewGuid():N}@example.org";
        using var client = world.Links.Portal.CreateClient();
        client.DefaultRequestHeaders.Add("traceparent", $"00-{Strangers}-00f067aa0ba902b7-01");
        client.DefaultRequestHeaders.Add("baggage", "canary-baggage=canary-baggage-value");
        client.DefaultRequestHeaders.UserAgent.ParseAdd("canary-agent/1.0");
        using var visitor = new Visitor(client, world.Links.Portal.Logs);
        var consent = await visitor.FollowAsync(await visitor.SignUpAsync(await visitor.ArriveAsync(redirect), email));
        await visitor.ConnectAsync(consent);
        await visitor.UntilAsync("Done");
        await visitor.OpenAsync($"/nowhere?nonce={nonce}");
        using (var unknown = await client.GetAsync("/unsubscribe/canary-unsubscribe-secret"))
        {
            Assert.NotEqual(HttpStatusCode.InternalServerError, unknown.StatusCode);
        }

        var user = Guid.Parse(await world.Links.Database.ScalarAsync<string>($"SELECT user_id::text FROM ring_tokens WHERE account_id = '{person.AccountId}'"));
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var page = world.Links.Portal.Services.GetRequiredService<DeviceFeed>().Subscribe(user, changes =>
        {
            if (changes.Any(change => change.Kind is FeedKind.Press))
            {
                seen.TrySetResult();
            }

            return Task.CompletedTask;
        });
        ring.Events.Press(person.Key, person.Account.Devices[0].Id, new EventOptions());
        await seen.Task.WaitAsync(s_soon * Eventually.Patience);
        var row = await world.Links.Database.ScalarAsync<Guid>($"SELECT id FROM webhook_inbox WHERE account_id = '{person.AccountId}' AND event_type = 'button_press'");
        var steps = new[] { "inbox.process", "page.refresh", "webhook.store" };
        await Eventually.TrueAsync(() => steps.All(step => Spans(row).Any(span => span.Name == step)) && HasCall(row), s_soon, "the delivery's trace and its call are exported");

        Assert.Equal(steps, Spans(row).Select(span => span.Name).Where(name => name.Contains('.', StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));
        var webhook = Spans(row).Single(span => span.Name == "webhook.store");
        Assert.Contains(world.Collector.Spans, span => span.TraceId == webhook.LinkedTraces.Single() && span.Name == "POST /ring/webhook");
        Assert.Contains(world.Collector.Spans, span => span.Name.StartsWith("ring.", StringComparison.Ordinal));
        Assert.DoesNotContain(world.Collector.Spans, span => span.TraceId == Strangers);

        await NothingPrivateAsync(person, new Dictionary<string, string>
        {
            ["code"] = installed.Code,
            ["nonce"] = nonce,
            ["e-mail"] = email,
            ["Ring e-mail"] = person.Account.Email!,
            ["account id"] = person.AccountId,
            ["camera id"] = person.Account.Devices[0].Id,
            ["camera name"] = person.Account.Devices[0].Name,
            ["password"] = Visitor.Password,
            ["client secret"] = new RingPortal.Simulator.Hosting.RingCloudOptions().ClientSecret,
            ["HMAC key"] = new RingPortal.Simulator.Hosting.RingCloudOptions().HmacKey,
            ["vault key"] = world.Links.VaultKey,
            ["unsubscribe secret"] = "canary-unsubscribe-secret",
            ["baggage"] = "canary-baggage-value",
            ["browser"] = "canary-agent",
        });
    }

    [Fact]
    public async Task Metrics_Answer_On_The_Operators_Address_Alone()
    {
        using var strangers = world.Links.Portal.CreateClient();
        strangers.DefaultRequestHeaders.Host = world.Management.Authority;
        foreach (var path in new[] { "/metrics", "/health/deps" })
        {
            using var refused = await strangers.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }

        Assert.Contains("ringportal_instance_ready", await world.ScrapeAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Gauges_Tell_What_The_Store_Holds()
    {
        await world.Links.Database.ExecuteAsync(
            "INSERT INTO webhook_inbox (id, request_id, body_hash, body, received_at, state, attempts, settled_at) SELECT gen_random_uuid(), 'gauge-' || n, '', '', now(), 'Dead', 8, now() FROM generate_series(1, 7) n");

        await Eventually.TrueAsync(async () => Values(await world.ScrapeAsync(), "ringportal_inbox_dead").Contains(7), s_soon, "seven deliveries were given up");
        Assert.Contains(Values(await world.ScrapeAsync(), "ringportal_store_connections_allowed"), allowed => allowed > 10);
        await world.Links.Database.ExecuteAsync("DELETE FROM webhook_inbox WHERE request_id LIKE 'gauge-%'");
    }

    /// <summary>What a gauge says; other portals in this process are heard too.</summary>
    private static IEnumerable<double> Values(string scraped, string name) => scraped.Split('\n')
        .Where(line => line.StartsWith(name + " ", StringComparison.Ordinal) || line.StartsWith(name + "{", StringComparison.Ordinal))
        .Select(line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).First(part => char.IsAsciiDigit(part[0])), System.Globalization.CultureInfo.InvariantCulture));

    private IEnumerable<OtlpSpan> Spans(Guid delivery)
    {
        world.Flush();
        return world.Collector.Spans.Where(span => span.TraceId == delivery.ToString("N"));
    }

    /// <summary>Whether the call that brought a delivery is there: its span ends behind the answer, maybe after what followed from it.</summary>
    private bool HasCall(Guid delivery)
    {
        var calls = Spans(delivery).Where(span => span.Name == "webhook.store").SelectMany(span => span.LinkedTraces).ToList();
        return world.Collector.Spans.Any(span => span.Name == "POST /ring/webhook" && calls.Contains(span.TraceId));
    }

    private async Task NothingPrivateAsync(RingPerson person, Dictionary<string, string> secrets)
    {
        await using var context = world.Links.Database.CreateContext();
        var row = context.RingTokens.Single(token => token.AccountId == person.AccountId);
        var vault = world.Links.Portal.Services.GetRequiredService<TokenVault>();
        secrets["access token"] = vault.Open(row.Id, VaultColumns.AccessToken, row.SealedAccessToken);
        secrets["refresh token"] = vault.Open(row.Id, VaultColumns.RefreshToken, row.SealedRefreshToken);
        world.Flush();
        var metrics = await world.ScrapeAsync();
        foreach (var kind in new[] { "traces", "metrics", "logs" })
        {
            var exported = world.Collector.Of(kind);
            Assert.True(exported.Sum(body => body.Length) > 1000, $"Hardly any {kind} were exported.");
            foreach (var (name, secret) in secrets)
            {
                foreach (var form in new[] { secret, Uri.EscapeDataString(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)) }.Distinct())
                {
                    var bytes = Encoding.UTF8.GetBytes(form);
                    Assert.False(exported.Any(body => body.AsSpan().IndexOf(bytes) >= 0), $"The {name} stands in the exported {kind}{Around(exported, bytes)}");
                    Assert.DoesNotContain(form, metrics, StringComparison.Ordinal);
                }
            }
        }
    }

    private static string Around(IReadOnlyList<byte[]> exported, byte[] found)
    {
        var body = exported.FirstOrDefault(body => body.AsSpan().IndexOf(found) >= 0) ?? [];
        var at = body.AsSpan().IndexOf(found);
        return at < 0 ? "" : ": " + Encoding.ASCII.GetString(body[Math.Max(0, at - 200)..Math.Min(body.Length, at + 100)]);
    }
}
