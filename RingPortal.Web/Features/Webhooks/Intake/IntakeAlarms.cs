using System.Threading.Channels;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Webhooks.Intake;

/// <summary>Raises the intake's alarms beside the answers: a database that is away delays an alarm, never an answer.</summary>
internal sealed partial class IntakeAlarms(Alarms alarms, TimeProvider clock, ILogger<IntakeAlarms> logger) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    private readonly Channel<(string Key, string Text)> _waiting = Channel.CreateBounded<(string, string)>(
        new BoundedChannelOptions(100) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Alarms that are not raised yet.</summary>
    public int Waiting => _waiting.Reader.Count;

    /// <summary>Returns at once. A flood of alarms is cut: the first ones say it all.</summary>
    public void Raise(string key, string text) => _waiting.Writer.TryWrite((key, text));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (key, text) in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            while (!await TryRaiseAsync(key, text, stoppingToken))
            {
                await Task.Delay(s_pause, clock, stoppingToken);
            }
        }
    }

    private async Task<bool> TryRaiseAsync(string key, string text, CancellationToken cancellationToken)
    {
        try
        {
            await alarms.RaiseAsync(key, text, cancellationToken);
            return true;
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            Log.NotStored(logger, key, exception);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Alarm {Key} could not be stored yet")]
        public static partial void NotStored(ILogger logger, string key, Exception exception);
    }
}
