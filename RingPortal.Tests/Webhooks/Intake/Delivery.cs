using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using RingPortal.Simulator.Hosting;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Webhooks.Intake;

/// <summary>A delivery as Ring makes it, signed with the key of the tests' portals.</summary>
internal sealed record Delivery(string RequestId, string EventId, byte[] Body)
{
    public static readonly string Key = new RingCloudOptions().HmacKey;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static Delivery New(string? requestId = null, string? eventId = null, string text = "")
    {
        var (request, happening, now) = (requestId ?? Guid.NewGuid().ToString(), eventId ?? $"evt-{Guid.NewGuid():N}", DateTimeOffset.UtcNow);
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"meta": {"version": "1.1", "time": "{{now:O}}", "request_id": "{{request}}", "account_id": "ava1.ring.account.NOBODY"}, "data": {"id": "{{happening}}", "type": "motion_detected", "attributes": {"source": "ava1.ring.device.X", "source_type": "devices", "timestamp": {{now.ToUnixTimeMilliseconds()}}, "text": "{{text}}"} } }""");
        return new Delivery(request, happening, Encoding.UTF8.GetBytes(body));
    }

    public static string Sign(byte[] body, string? key = null) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key ?? Key), body));

    public static HttpRequestMessage Request(byte[] body, string? signature)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/ring/webhook") { Content = new ByteArrayContent(body) };
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Signature", signature);
        }

        return request;
    }

    /// <summary>Posts any body as Ring does: what a machine at its limit answers with 503 is sent again.</summary>
    public static async Task<HttpResponseMessage> SendAsync(HttpClient client, byte[] body, string? signature)
    {
        HttpResponseMessage answer = null!;
        await Eventually.TrueAsync(
            async () =>
            {
                using var request = Request(body, signature);
                answer = await client.SendAsync(request);
                return answer.StatusCode is not HttpStatusCode.ServiceUnavailable;
            },
            s_patience, "an answer other than 503");
        return answer;
    }

    /// <summary>The same with its right signature.</summary>
    public static async Task<Answer> SendAsync(HttpClient client, byte[] body)
    {
        Answer answer = null!;
        await Eventually.TrueAsync(async () => (answer = await PostAsync(client, body)).Status is not HttpStatusCode.ServiceUnavailable, s_patience, "an answer other than 503");
        return answer;
    }

    /// <summary>Posts it once with its right signature.</summary>
    public Task<Answer> PostAsync(HttpClient client) => PostAsync(client, Body);

    /// <summary>Posts any body once with its right signature.</summary>
    public static async Task<Answer> PostAsync(HttpClient client, byte[] body)
    {
        using var request = Request(body, Sign(body));
        var started = TimeProvider.System.GetTimestamp();
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new Answer(answer.StatusCode, text, answer.Headers.RetryAfter?.Delta, TimeProvider.System.GetElapsedTime(started));
    }
}

/// <summary>What the portal said, and how soon.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text, TimeSpan? RetryAfter, TimeSpan Time)
{
    public bool Is(string status) => Status is HttpStatusCode.OK && Text == $$"""{"status":"{{status}}"}""";
}
