using Npgsql;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Webhooks.Intake;

/// <summary>
/// Answers for a database that is away, so that deliveries are refused at once instead of one after the other at their
/// time limits. Opens after three failures in a row; while it is open one probe every 2 s asks whether the database is back.
/// </summary>
internal sealed partial class InboxGate(PortalDataSources sources, TimeProvider clock, ILogger<InboxGate> logger) : BackgroundService
{
    private const int Many = 3;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _opened = new(0);
    private int _failures;
    private volatile bool _isOpen;

    /// <summary>The database is away: nothing is to be tried.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>The gate has just opened: whoever still waits for the database waits in vain.</summary>
    public event Action? Opened;

    public void Succeeded()
    {
        lock (_lock)
        {
            _failures = 0;
        }
    }

    public void Failed()
    {
        lock (_lock)
        {
            if (_isOpen || ++_failures < Many)
            {
                return;
            }

            (_isOpen, _failures) = (true, 0);
        }

        Opened?.Invoke();
        _opened.Release();
    }

    /// <summary>Tells a database that is away from one that refuses this row.</summary>
    public static bool IsAway(Exception exception) => exception switch
    {
        // Connections, resources, operator and time limits, system, a standby that only reads.
        PostgresException { SqlState: var state } => state[..2] is "08" or "53" or "57" or "58" || state is PostgresErrorCodes.ReadOnlySqlTransaction,
        NpgsqlException or TimeoutException => true,
        _ => exception.InnerException is { } inner && IsAway(inner),
    };

    public override void Dispose()
    {
        _opened.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _opened.WaitAsync(stoppingToken);
            Log.Opened(logger);
            // Its connections may hang for as long as the driver waits; nobody is to meet them again. Here and not where the
            // failure was noticed, because closing them takes a while and answers are due there.
            sources.ReplaceWebhook();
            do
            {
                await Task.Delay(s_pause, clock, stoppingToken);
            }
            while (!await AnswersAsync(stoppingToken));
            _isOpen = false;
            Log.Closed(logger);
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ProbeAsync(cancellationToken).WaitAsync(s_patience, cancellationToken);
            return true;
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            Log.StillAway(logger, exception);
            return false;
        }
    }

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        // A standby refuses to give out a transaction id, so this asks for a database that can be written.
        await using var command = sources.Webhook.CreateCommand("SELECT pg_current_xact_id()::text");
        command.CommandTimeout = (int)s_patience.TotalSeconds;
        await command.ExecuteScalarAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The database is away: deliveries are answered 503 at once until it is back")]
        public static partial void Opened(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "The database is back: deliveries are taken again")]
        public static partial void Closed(ILogger logger);

        [LoggerMessage(3, LogLevel.Debug, "The database is still away")]
        public static partial void StillAway(ILogger logger, Exception exception);
    }
}
