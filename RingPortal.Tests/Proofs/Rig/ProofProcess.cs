using System.Diagnostics;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>What to run, and the file that takes all it says.</summary>
internal sealed record ProofCommand(string File, IReadOnlyList<string> Arguments, string Log)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Account to run as; null for this process's own.</summary>
    public string? Account { get; init; }

    public string Folder { get; init; } = "/";
}

/// <summary>A process that a proof may kill, freeze and thaw by its id. It does not outlive the test process.</summary>
internal sealed class ProofProcess : IAsyncDisposable
{
    // The program takes the shell's place, so the id is its own, and it writes its log without our help.
    private const string Exec = """exec "$@" >>"$0" 2>&1 </dev/null""";

    private readonly Process _process;
    private bool _ended;

    private ProofProcess(Process process) => (_process, Id) = (process, process.Id);

    public int Id { get; }

    public bool HasExited => _ended || _process.HasExited;

    public static ProofProcess Start(ProofCommand command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Exec, command.Log, command.File, .. command.Arguments]) { WorkingDirectory = command.Folder };
        foreach (var (key, value) in command.Environment)
        {
            start.Environment[key] = value;
        }

        if (command.Account is not null)
        {
            start.UserName = command.Account;
        }

        var process = new ProofProcess(Process.Start(start)!);
        ChildGuard.Watch(process.Id);
        return process;
    }

    /// <summary>Waits for its end and answers with its exit code (137 after SIGKILL).</summary>
    public async Task<int> ExitAsync(TimeSpan limit)
    {
        await _process.WaitForExitAsync().WaitAsync(limit * Eventually.Patience);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL, and its end.</summary>
    public async Task KillAsync()
    {
        Signals.Kill(Id);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasExited)
        {
            await KillAsync();
        }

        _ended = true;
        _process.Dispose();
    }
}
