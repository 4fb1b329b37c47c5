using System.Diagnostics;
using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Web.Hosting.Embedded;

/// <summary>Keeps the server running: starts it, starts it again when something killed it, ends it with the portal.</summary>
internal sealed partial class ServerSupervisor : IAsyncDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pauseBetweenStarts = TimeSpan.FromSeconds(1);

    private readonly ServerStart _start;
    private readonly LeftoverServer _leftover;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private Task _watch = Task.CompletedTask;

    private ServerSupervisor(ServerStart start, LeftoverServer leftover, ILogger logger) => (_start, _leftover, _logger) = (start, leftover, logger);

    public static async Task<ServerSupervisor> StartAsync(ServerStart start, LeftoverServer leftover, ILogger logger, CancellationToken cancellationToken)
    {
        var supervisor = new ServerSupervisor(start, leftover, logger);
        supervisor._watch = supervisor.WatchAsync(await supervisor.StartServerAsync(cancellationToken));
        return supervisor;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watch;
        _stopping.Dispose();
    }

    private async Task<Process> StartServerAsync(CancellationToken cancellationToken)
    {
        await _leftover.ClearAsync(cancellationToken);
        ServerLog.Rotate(_start.Folder);
        var guard = _start.Run();
        try
        {
            await UntilReadyAsync(guard, cancellationToken);
            return guard;
        }
        catch
        {
            await EndAsync(guard);
            throw;
        }
    }

    private async Task UntilReadyAsync(Process guard, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (!LeftoverServer.IsReady(_start.Folder))
        {
            if (guard.HasExited || waited.Elapsed > s_startLimit)
            {
                var what = guard.HasExited ? "ended at once" : $"did not become ready within {s_startLimit.TotalSeconds:0} s";
                throw new StartUpException($"The embedded PostgreSQL in {_start.Folder.Root} {what} ({ServerLog.End(_start.Folder)}). Its log is {_start.Folder.Log}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
        }
    }

    private async Task WatchAsync(Process guard)
    {
        var stopping = _stopping.Token;
        try
        {
            while (true)
            {
                await guard.WaitForExitAsync(stopping);
                Log.ServerEnded(_logger, guard.ExitCode);
                await EndAsync(guard);
                guard = await StartAgainAsync(stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await EndAsync(guard);
        }
    }

    private async Task<Process> StartAgainAsync(CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(s_pauseBetweenStarts, stopping);
            try
            {
                var guard = await StartServerAsync(stopping);
                Log.ServerStartedAgain(_logger);
                return guard;
            }
            catch (StartUpException failure)
            {
                Log.ServerNotStartedAgain(_logger, failure.Message);
            }
        }
    }

    /// <summary>Closes the pipe, which is the guard's sign to end the server, and waits for both.</summary>
    private static async Task EndAsync(Process guard)
    {
        guard.StandardInput.Close();
        await guard.WaitForExitAsync(CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The embedded PostgreSQL ended with code {ExitCode}; it is started again")]
        public static partial void ServerEnded(ILogger logger, int exitCode);

        [LoggerMessage(2, LogLevel.Information, "The embedded PostgreSQL runs again")]
        public static partial void ServerStartedAgain(ILogger logger);

        [LoggerMessage(3, LogLevel.Error, "The embedded PostgreSQL could not be started again: {Reason}")]
        public static partial void ServerNotStartedAgain(ILogger logger, string reason);
    }
}
