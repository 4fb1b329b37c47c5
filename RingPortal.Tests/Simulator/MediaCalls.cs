using System.Globalization;
using System.Text.Json.Nodes;
using RingPortal.Simulator.Hosting;

namespace RingPortal.Tests.Simulator;

/// <summary>A partner that asks for pictures and clips and follows no redirect by itself.</summary>
internal sealed class MediaCalls(RingCloud cloud, string access) : IDisposable
{
    public const string FrontDoor = "ava1.ring.device.DEMOFRONTDOOR01";

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = cloud.BaseAddress };

    public long Now => cloud.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public void Dispose() => http.Dispose();

    public Task<HttpResponseMessage> AskAsync(string what, JsonObject body, string device = FrontDoor) => SendAsync(HttpMethod.Post, $"/v1/devices/{device}/media/{what}/download", body);

    public Task<HttpResponseMessage> AtAsync(long time, JsonObject? options = null) =>
        AskAsync("image", new JsonObject { ["type"] = "at_timestamp", ["timestamp"] = time, ["image_options"] = options ?? [] });

    public Task<HttpResponseMessage> LatestAsync(long from, long? to = null)
    {
        var body = new JsonObject { ["type"] = "latest_in_range", ["start_timestamp"] = from };
        if (to is not null)
            body["end_timestamp"] = to;

        return AskAsync("image", body);
    }

    public Task<HttpResponseMessage> ClipAsync(long time, int duration) => AskAsync("video", new JsonObject { ["timestamp"] = time, ["duration"] = duration });

    /// <summary>Follows the link of a redirect, without any credentials.</summary>
    public async Task<HttpResponseMessage> FollowAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        Assert.True(answer.Headers.Location is not null, $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await GetAsync(answer.Headers.Location);
    }

    public Task<HttpResponseMessage> GetAsync(Uri address) => http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, JsonObject? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Headers = { Authorization = new("Bearer", access) } };
        if (body is not null)
            request.Content = System.Net.Http.Json.JsonContent.Create(body);

        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    public static long Number(HttpResponseMessage answer, string name) => long.Parse(Header(answer, name)!, CultureInfo.InvariantCulture);

    public static async Task AssertErrorAsync(HttpResponseMessage answer, int status, string code, string? pointer = null)
    {
        var error = (await PartnerCalls.JsonAsync(answer))["errors"]![0]!;
        Assert.Equal((status, code, pointer), ((int)answer.StatusCode, (string?)error["code"], (string?)error["source"]?["pointer"]));
        Assert.Equal(Header(answer, "X-Request-ID"), (string?)error["id"]);
    }
}
