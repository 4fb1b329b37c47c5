using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Web;
using RingPortal.Simulator.Hosting;

namespace RingPortal.Tests.Simulator;

/// <summary>A partner that calls Ring by hand, so that the tests see the wire itself.</summary>
internal sealed class PartnerCalls(RingCloud cloud, RingCloudOptions options) : IDisposable
{
    public const string Integrations = "/v1/accounts/me/app-integrations";

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = cloud.BaseAddress };

    public void Dispose() => Http.Dispose();

    public Task<HttpResponseMessage> TokenAsync(params (string Name, string Value)[] fields) =>
        Http.PostAsync("/oauth/token", new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public Task<HttpResponseMessage> RedeemAsync(string code) => TokenAsync(
        ("grant_type", "authorization_code"), ("client_id", options.ClientId), ("client_secret", options.ClientSecret), ("code", code));

    public Task<HttpResponseMessage> RefreshAsync(string refreshToken) => TokenAsync(
        ("grant_type", "refresh_token"), ("client_id", options.ClientId), ("client_secret", options.ClientSecret), ("refresh_token", refreshToken));

    public Task<HttpResponseMessage> CallAsync(HttpMethod method, string path, string? token, JsonObject? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        return Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? token) => CallAsync(HttpMethod.Get, path, token);

    public Task<HttpResponseMessage> PostNonceAsync(string token, string nonce) =>
        CallAsync(HttpMethod.Post, Integrations, token, new JsonObject { ["nonce"] = nonce, ["account_identifier"] = "m***l@example.com" });

    public Task<HttpResponseMessage> PatchStatusAsync(string token, string status) =>
        CallAsync(HttpMethod.Patch, Integrations, token, new JsonObject { ["status"] = status });

    /// <summary>Installs without sending the code and redeems it.</summary>
    public async Task<(string Access, string Refresh)> InstallAsync(string account)
    {
        var installed = await cloud.InstallAsync(account, new() { WithoutEvents = true, WithoutExchange = true });
        using var answer = await RedeemAsync(installed.Code);
        return await PairAsync(answer);
    }

    /// <summary>Installs and confirms with a nonce.</summary>
    public async Task<(string Access, string Refresh)> LinkAsync(string account)
    {
        var pair = await InstallAsync(account);
        using var answer = await PostNonceAsync(pair.Access, Nonce(cloud.BeginLink(account)));
        Assert.Equal(200, (int)answer.StatusCode);
        return pair;
    }

    public static string Nonce(Uri address) => HttpUtility.ParseQueryString(address.Query)["nonce"]!;

    public static async Task<(string Access, string Refresh)> PairAsync(HttpResponseMessage answer)
    {
        Assert.Equal(200, (int)answer.StatusCode);
        var json = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        return ((string)json["access_token"]!, (string)json["refresh_token"]!);
    }

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonNode>())!;

    public static async Task AssertErrorAsync(HttpResponseMessage answer, int status, string title)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        var error = (await JsonAsync(answer))["errors"]![0]!;
        Assert.Equal(title, (string?)error["title"]);
        Assert.Equal(status.ToString(System.Globalization.CultureInfo.InvariantCulture), (string?)error["status"]);
    }
}
