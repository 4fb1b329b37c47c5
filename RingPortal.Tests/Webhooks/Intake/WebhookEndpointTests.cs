using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using RingPortal.Simulator.Hosting;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;

namespace RingPortal.Tests.Webhooks.Intake;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class WebhookEndpointTests(LinkWorld world) : IClassFixture<LinkWorld>
{
    private static readonly string s_key = new RingCloudOptions().HmacKey;

    [Fact]
    public async Task A_Signed_Event_Is_Committed_Before_It_Is_Acknowledged()
    {
        var body = Event(out var requestId);
        using var answer = await PostAsync(body, Sign(body));
        Assert.Equal("""{"status":"accepted"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, await CountAsync($"request_id = '{requestId}' AND event_type = 'motion_detected'"));
    }

    [Fact]
    public async Task The_Prefix_May_Be_Missing_And_Hex_May_Be_Upper_Case()
    {
        var body = Event(out _);
        using var bare = await PostAsync(body, Sign(body)["sha256=".Length..]);
        Assert.Equal(HttpStatusCode.OK, bare.StatusCode);
        var other = Event(out _);
        using var upper = await PostAsync(other, "sha256=" + Sign(other)["sha256=".Length..].ToUpperInvariant());
        Assert.Equal(HttpStatusCode.OK, upper.StatusCode);
    }

    [Fact]
    public async Task The_Same_Delivery_At_Once_And_Again_Is_One_Row_And_Always_200()
    {
        var body = Event(out var requestId);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(body, Sign(body))));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        using var again = await PostAsync(body, Sign(body));
        Assert.Equal("""{"status":"duplicate"}""", await again.Content.ReadAsStringAsync());
        Assert.Equal(1, await CountAsync($"request_id = '{requestId}'"));
    }

    [Fact]
    public async Task The_Same_Event_Under_A_New_Request_Id_Is_A_Duplicate()
    {
        var eventId = $"evt-{Guid.NewGuid():N}";
        var first = Event(out _, eventId);
        var second = Event(out var secondId, eventId);
        using var one = await PostAsync(first, Sign(first));
        using var two = await PostAsync(second, Sign(second));
        Assert.Equal("""{"status":"duplicate"}""", await two.Content.ReadAsStringAsync());
        Assert.Equal(0, await CountAsync($"request_id = '{secondId}'"));
    }

    [Fact]
    public async Task Another_Body_Under_A_Known_Request_Id_Is_Kept_Apart_With_An_Alarm()
    {
        var first = Event(out var requestId);
        var second = Event(requestId, $"evt-{Guid.NewGuid():N}");
        using var one = await PostAsync(first, Sign(first));
        using var two = await PostAsync(second, Sign(second));
        Assert.Equal("""{"status":"quarantined"}""", await two.Content.ReadAsStringAsync());
        Assert.Equal(1, await CountAsync($"request_id = 'sha256:{Convert.ToHexStringLower(SHA256.HashData(second))}' AND state = 'Quarantined'"));
        await Eventually.TrueAsync(async () => await world.Database.ScalarAsync<long>("SELECT count(*) FROM alarms WHERE key = 'webhook.conflict'") == 1, TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"meta\":{\"request_id\":7}}")]
    [InlineData("{\"meta\":{\"request_id\":\"a\",\"request_id\":\"b\"},\"data\":{\"type\":\"motion_detected\"}}")]
    [InlineData("{\"meta\":{\"version\":\"1.1\",\"request_id\":\"old-event-1\",\"time\":\"2020-01-01T00:00:00Z\"},\"data\":{\"type\":\"motion_detected\"}}")]
    [InlineData("{\"meta\":{\"version\":\"1.1\",\"request_id\":\"nul-\\u0000-1\"},\"data\":{\"type\":\"motion_detected\"}}")]
    public async Task What_Ring_Signed_And_We_Cannot_Read_Is_Kept_And_Answered_200(string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        using var answer = await PostAsync(body, Sign(body));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"status":"quarantined"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal(1, await CountAsync($"body_hash = decode('{Convert.ToHexString(SHA256.HashData(body))}', 'hex') AND state = 'Quarantined' AND reason IS NOT NULL"));
    }

    [Theory]
    [InlineData("an_event_of_next_year", "1.1")]
    [InlineData("motion_detected", "1.0")]
    [InlineData("motion_detected", "1.7")]
    public async Task Unknown_Types_And_Versions_Are_Accepted(string type, string version)
    {
        var requestId = Guid.NewGuid().ToString();
        var body = Encoding.UTF8.GetBytes($$"""{"meta":{"version":"{{version}}","request_id":"{{requestId}}"},"data":{"type":"{{type}}"} }""");
        using var answer = await PostAsync(body, Sign(body));
        Assert.Equal("""{"status":"accepted"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal(1, await CountAsync($"request_id = '{requestId}'"));
    }

    [Fact]
    public async Task Without_A_Right_Signature_Nothing_Is_Kept_And_The_Answer_Tells_Nothing()
    {
        var body = Event(out var requestId);
        var right = Sign(body);
        string?[] wrong = [null, "", "sha256=", right[..^1], right[..^1] + (right[^1] == '0' ? '1' : '0'), "sha256=" + Convert.ToBase64String(new byte[32]), right + "," + right];
        foreach (var header in wrong)
        {
            using var answer = await PostAsync(body, header);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("""{"error":"invalid_signature"}""", await answer.Content.ReadAsStringAsync());
        }

        using var twice = new HttpRequestMessage(HttpMethod.Post, "/ring/webhook") { Content = new ByteArrayContent(body) };
        twice.Headers.TryAddWithoutValidation("X-Signature", [right, right]);
        using var client = world.Portal.CreateClient();
        using var repeated = await client.SendAsync(twice);
        Assert.Equal(HttpStatusCode.Unauthorized, repeated.StatusCode);
        Assert.Equal(0, await CountAsync($"request_id = '{requestId}'"));
    }

    [Fact]
    public async Task No_Content_Type_No_Cookie_And_No_Form_Token_Are_Asked_For()
    {
        var body = Event(out _);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ring/webhook") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "x/y; charset=\"");
        request.Headers.TryAddWithoutValidation("X-Signature", Sign(body));
        using var client = world.Portal.CreateClient();
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Over_256_KiB_Is_413_And_256_KiB_Is_Taken()
    {
        var most = Padded(256 * 1024);
        using var taken = await PostAsync(most, Sign(most));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        var over = Padded((256 * 1024) + 1);
        using var refused = await PostAsync(over, Sign(over));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Other_Methods_Are_405_With_Allow_Post(string method)
    {
        using var client = world.Portal.CreateClient();
        using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/ring/webhook"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_Body_That_Never_Ends_Is_503_Within_Five_Seconds_And_Not_A_4xx()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, world.Portal.BaseAddress.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /ring/webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\nX-Signature: sha256=00\r\n\r\n{"));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var started = DateTimeOffset.UtcNow;
        var status = await reader.ReadLineAsync(limit.Token);
        Assert.StartsWith("HTTP/1.1 503", status, StringComparison.Ordinal);
        Assert.True(DateTimeOffset.UtcNow - started < TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task The_Previous_Key_Is_Still_Accepted_While_It_Is_Rotated()
    {
        await using var portal = await PortalHost.StartAsync(world.Database, settings: new Dictionary<string, string?>
        {
            ["Ring:HmacKey"] = "a-new-key-0123456789",
            ["Ring:PreviousHmacKey"] = s_key,
        });
        await LinkWorld.ReadyAsync(portal);
        using var client = portal.CreateClient();
        foreach (var key in new[] { s_key, "a-new-key-0123456789" })
        {
            var body = Event(out _);
            using var answer = await Delivery.SendAsync(client, body, Sign(body, key));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private static byte[] Event(out string requestId, string? eventId = null) => Event(requestId = Guid.NewGuid().ToString(), eventId ?? $"evt-{Guid.NewGuid():N}");

    private static byte[] Event(string requestId, string eventId) => Encoding.UTF8.GetBytes(
        $$"""{"meta": {"version": "1.1", "time": "{{DateTimeOffset.UtcNow:O}}", "request_id": "{{requestId}}", "account_id": "ava1.ring.account.NOBODY"}, "data": {"id": "{{eventId}}", "type": "motion_detected", "attributes": {"source": "ava1.ring.device.X", "source_type": "devices", "timestamp": {{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}} } } }""");

    private static byte[] Padded(int size)
    {
        var head = $$"""{"meta":{"version":"1.1","request_id":"{{Guid.NewGuid()}}"},"data":{"type":"padding","x":" """;
        return Encoding.UTF8.GetBytes(head + new string('x', size - head.Length - 3) + "\"}}");
    }

    private static string Sign(byte[] body, string? key = null) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key ?? s_key), body));

    private Task<long> CountAsync(string where) => world.Database.ScalarAsync<long>($"SELECT count(*) FROM webhook_inbox WHERE {where}");

    private async Task<HttpResponseMessage> PostAsync(byte[] body, string? signature)
    {
        using var client = world.Portal.CreateClient();
        return await Delivery.SendAsync(client, body, signature);
    }
}
