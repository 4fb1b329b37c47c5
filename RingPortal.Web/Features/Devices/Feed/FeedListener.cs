using Npgsql;

namespace RingPortal.Web.Features.Devices.Feed;

/// <summary>
/// Hears what all instances tell, on a connection of its own outside the pools. A connection that is silent is asked
/// whether it still lives; after a new one all open pages read again, because nobody knows what was missed.
/// </summary>
internal sealed partial class FeedListener(IConfiguration configuration, DeviceFeed feed, TimeProvider clock, ILogger<FeedListener> logger) : BackgroundService
{
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(5);

    private TimeSpan _pause = s_firstPause;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Lost(logger, exception.GetType().Name, _pause.TotalMilliseconds);
            }

            await Task.Delay(_pause, clock, stoppingToken);
            _pause = _pause * 2 < s_longestPause ? _pause * 2 : s_longestPause;
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(Settings(configuration.GetConnectionString("Portal") ?? ""));
        try
        {
            connection.Notification += (_, news) => Take(news.Payload);
            await connection.OpenAsync(cancellationToken).WaitAsync(s_patience, cancellationToken);
            await RunAsync(connection, $"LISTEN {FeedWire.Channel}", cancellationToken);
            _pause = s_firstPause;
            Log.Listening(logger);
            feed.TellEverybody();
            while (true)
            {
                if (!await connection.WaitAsync(s_silence, cancellationToken))
                {
                    await RunAsync(connection, "SELECT 1", cancellationToken);
                }
            }
        }
        finally
        {
            // Closing says goodbye to a server that may be frozen; nobody waits for that.
            await Task.WhenAny(connection.DisposeAsync().AsTask(), Task.Delay(s_silence, clock, CancellationToken.None));
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken).WaitAsync(s_patience, cancellationToken);
    }

    private void Take(string payload)
    {
        if (FeedWire.Read(payload) is not { } changes)
        {
            Log.Unreadable(logger, payload.Length);
            return;
        }

        foreach (var change in changes)
        {
            feed.Tell(change);
        }
    }

    private static string Settings(string portal) => new NpgsqlConnectionStringBuilder(portal)
    {
        ApplicationName = "ringportal-feed",
        Pooling = false,
        Timeout = 5,
        CommandTimeout = 2,
        CancellationTimeout = 500,
        IncludeErrorDetail = false,
    }.ConnectionString;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Listening for changes of all instances")]
        public static partial void Listening(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "Changes of other instances are not heard ({Reason}); trying again in {Milliseconds} ms")]
        public static partial void Lost(ILogger logger, string reason, double milliseconds);

        [LoggerMessage(3, LogLevel.Warning, "A message of {Length} characters on the channel of changes cannot be read; another version may have written it")]
        public static partial void Unreadable(ILogger logger, int length);
    }
}
