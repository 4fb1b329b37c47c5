using System.Diagnostics.Metrics;

namespace RingPortal.Web.Hosting.Telemetry;

/// <summary>
/// What the store holds, read every quarter of a minute whoever scrapes. A reading that has grown old is told no more: a gap
/// says that nobody knows.
/// </summary>
internal sealed partial class StoreGauges : BackgroundService
{
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_old = TimeSpan.FromMinutes(1);

    private readonly PortalDataSources _sources;
    private readonly TimeProvider _clock;
    private readonly ILogger<StoreGauges> _logger;
    private volatile StoreReading? _reading;
    private long _taken;

    public StoreGauges(IMeterFactory factory, PortalDataSources sources, TimeProvider clock, ILogger<StoreGauges> logger)
    {
        (_sources, _clock, _logger) = (sources, clock, logger);
        var meter = factory.Create(PortalMetrics.MeterName);
        foreach (var gauge in StoreReading.Gauges)
        {
            meter.CreateObservableGauge(gauge.Name, () => Tell(gauge.Name), gauge.Unit, gauge.Text);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_between, _clock);
        do
        {
            await TryReadAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            // The outer limit is for a server that is frozen (reliability N1).
            _reading = await StoreReading.TakeAsync(_sources.Jobs, _clock.GetUtcNow(), cancellationToken).WaitAsync(s_patience, cancellationToken);
            Volatile.Write(ref _taken, _clock.GetTimestamp());
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            Log.NotRead(_logger, exception.GetType().Name);
        }
    }

    private IEnumerable<Measurement<double>> Tell(string name) =>
        _reading is { } reading && _clock.GetElapsedTime(Volatile.Read(ref _taken)) < s_old && reading.Values.TryGetValue(name, out var value)
            ? [new Measurement<double>(value)]
            : [];

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "What the store holds could not be read for the metrics ({Reason})")]
        public static partial void NotRead(ILogger logger, string reason);
    }
}
