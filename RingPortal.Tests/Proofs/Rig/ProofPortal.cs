using System.Globalization;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>One instance of the portal: a process with a port of its own that can be killed, frozen, stopped and started again.</summary>
internal sealed class ProofPortal(int number, IReadOnlyDictionary<string, string> settings, ProofFiles files, IReadOnlyDictionary<string, string>? own = null) : IAsyncDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(90);
    private static readonly HttpClient s_client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };

    private ProofProcess? _process;

    /// <summary>From 0.</summary>
    public int Number => number;

    public Uri Address { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Take()}/"));

    /// <summary>The port at which browsers reach it by https, without a proxy before it; null where it has none.</summary>
    public int? SecurePort { get; init; }

    public string LogFile { get; } = files.Log(string.Create(CultureInfo.InvariantCulture, $"portal-{number}"));

    public int ProcessId => _process!.Id;

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>What the next start runs.</summary>
    public (string Folder, string Program) Program { get; set; } = ProofPrograms.Portal;

    /// <summary>Changes for the next start; an empty value takes a setting away.</summary>
    public Dictionary<string, string> Changes { get; } = [];

    public void Start()
    {
        var environment = new Dictionary<string, string>(settings) { ["ASPNETCORE_URLS"] = Address.GetLeftPart(UriPartial.Authority) };
        if (SecurePort is { } port)
        {
            environment["ASPNETCORE_URLS"] += string.Create(CultureInfo.InvariantCulture, $";https://127.0.0.1:{port}");
            environment["Kestrel__Certificates__Default__Path"] = settings["DataProtection__CertificatePath"];
            environment["Kestrel__Certificates__Default__Password"] = settings["DataProtection__CertificatePassword"];
        }

        foreach (var (key, value) in (own ?? new Dictionary<string, string>()).Concat(Changes))
        {
            environment[key] = value;
        }

        _process = ProofProcess.Start(new ProofCommand("dotnet", [Program.Program], LogFile) { Environment = environment, Folder = Program.Folder });
    }

    /// <summary>Waits until it says that it is ready.</summary>
    public Task ReadyAsync() => Eventually.TrueAsync(
        async () =>
        {
            if (_process!.HasExited)
            {
                Assert.Fail($"Portal {number} ended, see {LogFile}: {File.ReadLines(LogFile).LastOrDefault()}");
            }

            return await AnswersAsync("health/ready");
        },
        s_startLimit,
        $"portal {number} is ready");

    public async Task StartReadyAsync()
    {
        Start();
        await ReadyAsync();
    }

    /// <summary>SIGKILL.</summary>
    public ValueTask KillAsync() => _process!.DisposeAsync();

    /// <summary>SIGSTOP.</summary>
    public void Freeze() => Signals.Freeze(ProcessId);

    /// <summary>SIGCONT.</summary>
    public void Thaw() => Signals.Thaw(ProcessId);

    /// <summary>SIGTERM; answers with the exit code.</summary>
    public async Task<int> StopAsync(TimeSpan limit)
    {
        Signals.Terminate(ProcessId);
        return await _process!.ExitAsync(limit);
    }

    /// <summary>Whether an address answers with a success.</summary>
    public async Task<bool> AnswersAsync(string path)
    {
        try
        {
            using var answer = await s_client.GetAsync(new Uri(Address, path));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
