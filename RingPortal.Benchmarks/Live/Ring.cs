using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Live;

/// <summary>The published simulator of Ring's cloud as a process, played through its controls.</summary>
internal sealed class Ring : IAsyncDisposable
{
    private static readonly string s_published = Path.Combine(Repository.Root, "artifacts", "benchmarks", "simulator");
    private static readonly Lazy<Task> s_publishing = new(PublishAsync);

    private readonly Server _server;
    private readonly HttpClient _control;

    private Ring(Server server) => (_server, _control) = (server, new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{server.Port}/control/")) });

    /// <summary>What the portal is told of it.</summary>
    public static IReadOnlyDictionary<string, string> Settings(int port)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        return new Dictionary<string, string> { ["Ring__ApiBaseUrl"] = address, ["Ring__OAuthTokenUrl"] = $"{address}/oauth/token" };
    }

    /// <summary>Starts it with the portal's credentials.</summary>
    public static async Task<Ring> StartAsync(int port)
    {
        await s_publishing.Value;
        var settings = new Dictionary<string, string>
        {
            ["Simulator__Urls"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
            ["Simulator__ClientId"] = "client",
            ["Simulator__ClientSecret"] = "secret",
            ["Simulator__HmacKey"] = SignedEvents.Key,
        };
        var program = Path.Combine(s_published, "RingPortal.Simulator.dll");
        return new Ring(await Server.StartAsync("dotnet", [program], s_published, port, settings, async client => (await client.GetAsync("/control/settings")).IsSuccessStatusCode));
    }

    /// <summary>Where Ring sends codes and events.</summary>
    public async Task SendToAsync(int portal)
    {
        using var answer = await _control.PutAsJsonAsync("portal", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{portal}"));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Somebody with cameras installs the app and taps "Sign in"; answers with the query of the address that opens.</summary>
    public async Task<string> BeginAsync(string key, int cameras)
    {
        var devices = Enumerable.Range(1, cameras).Select(number => new { id = $"ava1.ring.device.{key}C{number:000}", name = $"Camera {number}", model = "Doorbell" });
        using var person = await _control.PutAsJsonAsync($"accounts/{key}", new { key, accountId = $"ava1.ring.account.{key}", firstName = "Nora", lastName = "Vale", email = $"{key}@example.com", devices });
        person.EnsureSuccessStatusCode();
        using var install = await _control.PostAsJsonAsync($"accounts/{key}/install", new { });
        install.EnsureSuccessStatusCode();
        using var tap = await _control.PostAsync($"accounts/{key}/sign-in", null);
        return new Uri((string)(await tap.Content.ReadFromJsonAsync<JsonNode>())!["url"]!).Query;
    }

    /// <summary>Changes how live video answers.</summary>
    public async Task ChangeAsync(object live)
    {
        using var answer = await _control.PatchAsJsonAsync("live", live);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>How long the newest offers took to be answered, by Ring's own clock, in milliseconds.</summary>
    public async Task<IReadOnlyList<double>> AnswersAsync()
    {
        var calls = (await _control.GetFromJsonAsync<JsonArray>("calls"))!;
        return [.. calls.Where(call => (string?)call!["operation"] == "LiveSessionCreate").Select(call => TimeSpan.Parse((string)call!["duration"]!, CultureInfo.InvariantCulture).TotalMilliseconds)];
    }

    /// <summary>Until no live session is open.</summary>
    public async Task QuietAsync()
    {
        while ((await _control.GetFromJsonAsync<JsonArray>("sessions"))!.Count > 0)
        {
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _server.DisposeAsync();
    }

    private static Task PublishAsync() => Server.RunAsync(
        "dotnet", ["publish", "RingPortal.Simulator", "-c", "Release", "-o", s_published, "-v", "q", "-nologo", "-p:RunAnalyzers=false"], Repository.Root, new Dictionary<string, string>());
}
