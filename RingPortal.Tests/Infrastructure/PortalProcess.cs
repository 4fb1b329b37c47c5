using System.Diagnostics;
using System.Text;

namespace RingPortal.Tests.Infrastructure;

/// <summary>The built portal as a process of its own, as an operator runs it.</summary>
public sealed class PortalProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private PortalProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Folder with the built portal, of the configuration these tests were built in.</summary>
    public static string BuiltPortal { get; } = Path.Combine(Repository.Root, "RingPortal.Web", Path.GetRelativePath(Path.Combine(Repository.Root, "RingPortal.Tests"), AppContext.BaseDirectory));

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    /// <param name="settings">Settings in their environment form.</param>
    /// <param name="runAs">Account to run as; null for this process's own.</param>
    /// <param name="folder">Where the portal lies.</param>
    /// <param name="arguments">Command line.</param>
    public static PortalProcess Start(IReadOnlyDictionary<string, string> settings, string? runAs = null, string? folder = null, params string[] arguments)
    {
        var built = folder ?? BuiltPortal;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(built, "RingPortal.Web.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.Combine(Repository.Root, "RingPortal.Web"),
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        if (runAs is not null)
        {
            start.UserName = runAs;
        }

        return new PortalProcess(start);
    }

    /// <summary>Waits for its end, with patience, and answers with its exit code.</summary>
    public async Task<int> ExitAsync(TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit * Eventually.Patience);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    /// <summary>Waits until the portal says that it is ready.</summary>
    public async Task ReadyAsync(Uri address, TimeSpan limit)
    {
        using var client = new HttpClient();
        await Eventually.TrueAsync(
            async () =>
            {
                Assert.False(_process.HasExited, $"The portal ended: {Errors}{Output}");
                return await AnswersAsync(client, new Uri(address, "/health/ready"));
            },
            limit);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Uri address)
    {
        try
        {
            using var answer = await client.GetAsync(address);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.Append(line).Append('\n');
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
