using Npgsql;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Devices.Feed;

/// <summary>
/// Tells the changes of this instance to all instances, itself included: at once when little happens, at most ten
/// messages a second when much does, because NOTIFY takes a lock that all commits with a NOTIFY share.
/// </summary>
internal sealed partial class FeedSender(FeedOutlet outlet, PortalDataSources sources, TimeProvider clock, ILogger<FeedSender> logger) : BackgroundService
{
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_afterFailure = TimeSpan.FromSeconds(1);

    private readonly FeedBatch _batch = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await outlet.Waiting.WaitToReadAsync(stoppingToken))
        {
            do
            {
                _batch.Fill(outlet.Waiting);
                await Task.Delay(await TryTellAsync(stoppingToken) ? s_between : s_afterFailure, clock, stoppingToken);
            }
            while (!_batch.IsEmpty);
        }
    }

    private async Task<bool> TryTellAsync(CancellationToken cancellationToken)
    {
        var (payload, count) = _batch.Next();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(s_patience);
        try
        {
            // The second deadline is for a driver that waits for a frozen server to take note of the first.
            await NotifyAsync(payload, deadline.Token).WaitAsync(s_patience * 2, cancellationToken);
            _batch.Told(count);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // By the time the database is back nobody wants to hear what happened when; pages read what is.
            _batch.Collapse();
            Log.Waits(logger, exception.GetType().Name);
            return false;
        }
    }

    private async Task NotifyAsync(string payload, CancellationToken cancellationToken)
    {
        await using var command = sources.Jobs.CreateCommand("SELECT pg_notify($1, $2)");
        command.CommandTimeout = (int)s_patience.TotalSeconds;
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = FeedWire.Channel });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = payload });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Open pages cannot be told of changes now ({Reason}); trying again")]
        public static partial void Waits(ILogger logger, string reason);
    }
}
