using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>The simulator of Ring's cloud as a process, played through its controls.</summary>
internal sealed class ProofSimulator : IAsyncDisposable
{
    private readonly ProofProcess _process;
    private readonly HttpClient _control;

    private ProofSimulator(ProofProcess process, Uri address, Uri media) =>
        (_process, Address, Media, _control) = (process, address, media, new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(address, "control/") });

    public Uri Address { get; }

    /// <summary>Where pictures and recordings come from.</summary>
    public Uri Media { get; }

    /// <summary>Starts it with households as its users; nobody has installed the app.</summary>
    public static async Task<ProofSimulator> StartAsync(ProofFiles files, IReadOnlyList<Household> households)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Take()}/"));
        var media = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Take()}/"));
        var process = ProofProcess.Start(new ProofCommand("dotnet", [ProofPrograms.Simulator.Program], files.Log("simulator"))
        {
            Folder = ProofPrograms.Simulator.Folder,
            Environment = new Dictionary<string, string>
            {
                ["Simulator__Urls"] = address.GetLeftPart(UriPartial.Authority),
                ["Simulator__MediaUrl"] = media.GetLeftPart(UriPartial.Authority),
                ["Simulator__ClientId"] = ProofSettings.ClientId,
                ["Simulator__ClientSecret"] = ProofSettings.ClientSecret,
                ["Simulator__HmacKey"] = ProofSettings.HmacKey,
                ["Simulator__PortalUrl"] = "http://127.0.0.1:9",
            },
        });
        var simulator = new ProofSimulator(process, address, media);
        await Eventually.TrueAsync(simulator.AnswersAsync, TimeSpan.FromSeconds(60), "the simulator answers");
        foreach (var household in households)
        {
            await simulator.PutAsync(household);
        }

        return simulator;
    }

    /// <summary>Where Ring sends: codes to the first instance, events to all in turn.</summary>
    public async Task SendToAsync(IReadOnlyList<Uri> portals)
    {
        using var portal = await _control.PutAsJsonAsync("portal", portals[0]);
        portal.EnsureSuccessStatusCode();
        await ChangeAsync("webhooks", new { targets = portals });
    }

    /// <summary>Changes how events are sent: pauses, copies, disorder (<c>WebhookSettings</c> of the simulator).</summary>
    public async Task ChangeAsync(string what, object changes)
    {
        using var answer = await _control.PatchAsJsonAsync(what, changes);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A control that answers with JSON.</summary>
    public async Task<JsonNode?> PostAsync(string what, object? body = null)
    {
        using var answer = await _control.PostAsync(what, body is null ? null : JsonContent.Create(body));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{what}: {answer.StatusCode} {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    public async Task<JsonNode> GetAsync(string what) => (await _control.GetFromJsonAsync<JsonNode>(what))!;

    /// <summary>Number of the newest call in the ledger; 0 before the first.</summary>
    public async Task<long> NewestCallAsync() => (await GetAsync("calls")).AsArray().Select(call => call!["number"]!.GetValue<long>()).DefaultIfEmpty(0).Max();

    /// <summary>How many deliveries have come to this: <c>waiting</c>, <c>delivered</c>, <c>refused</c>, <c>deadLetter</c>, <c>lost</c>.</summary>
    public async Task<int> CountAsync(string fate) => (await GetAsync("deliveries/counts"))[fate]!.GetValue<int>();

    /// <summary>Waits until Ring has done with every delivery.</summary>
    public Task DecidedAsync(TimeSpan limit) => Eventually.TrueAsync(async () => await CountAsync("waiting") == 0, limit, "Ring has done with every delivery");

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _process.DisposeAsync();
    }

    /// <summary>Makes a household's account at Ring, or makes it anew with names of its own; nobody has installed the app with it.</summary>
    public async Task PutAsync(Household household, string person = "Nora", string camera = "Camera")
    {
        using var answer = await _control.PutAsJsonAsync($"accounts/{household.Key}", new
        {
            key = household.Key,
            accountId = household.AccountId,
            firstName = person,
            lastName = "Vale",
            email = $"{household.Key}@example.com",
            devices = household.DeviceIds.Select((id, number) => new { id, name = $"{camera} {number + 1}", model = "Doorbell" }),
        });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await _control.GetAsync("settings");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
