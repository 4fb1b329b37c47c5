using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RingPortal.Benchmarks.Rig;

/// <summary>A receiver as a process of its own, on a port of this machine.</summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private Server(Process process, int port)
    {
        (_process, Port) = (process, port);
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    /// <summary>Processor time that it has used so far.</summary>
    public TimeSpan UsedTime => ProcessorTime.Of(_process.Id);

    /// <summary>Bytes of memory that it holds.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>What it wrote first.</summary>
    public string FirstLine
    {
        get
        {
            lock (_said)
            {
                return _said.ToString().Split('\n')[0];
            }
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts it and waits until it answers a probe.</summary>
    public static async Task<Server> StartAsync(
        string program, IEnumerable<string> arguments, string folder, int port, IReadOnlyDictionary<string, string> environment, Func<HttpClient, Task<bool>> isReady)
    {
        var server = new Server(new Process { StartInfo = Start(program, arguments, folder, environment) }, port);
        using var client = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
        var started = Stopwatch.GetTimestamp();
        while (!await AnswersAsync(client, isReady))
        {
            if (server._process.HasExited || Stopwatch.GetElapsedTime(started) > s_limit)
            {
                throw new InvalidOperationException($"{program} did not start: {server._said}");
            }

            await Task.Delay(100);
        }

        return server;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task RunAsync(string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> environment)
    {
        await using var server = new Server(new Process { StartInfo = Start(program, arguments, folder, environment) }, 0);
        await server._process.WaitForExitAsync();
        if (server._process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed: {server._said}");
        }
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

    private static ProcessStartInfo Start(string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Func<HttpClient, Task<bool>> isReady)
    {
        try
        {
            return await isReady(client);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Note(string? line)
    {
        lock (_said)
        {
            if (line is not null && _said.Length < 16 * 1024)
            {
                _said.Append(line).Append('\n');
            }
        }
    }
}
