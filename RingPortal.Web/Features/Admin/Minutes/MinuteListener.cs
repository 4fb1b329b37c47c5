using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using RingPortal.Web.Features.Admin.Alarming;
using RingPortal.Web.Features.Webhooks.Intake;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Admin.Minutes;

/// <summary>Feeds the collector from what the portal, the web server and the database driver measure anyway.</summary>
internal sealed class MinuteListener : IDisposable
{
    private const string Server = "http.server.request.duration";
    private const string Statement = "db.client.operation.duration";
    private const string Pending = "db.client.connection.npgsql.pending_requests";
    private const string Pool = "db.client.connection.pool.name";

    /// <summary>Counters of the portal, with the tag that tells their kinds apart.</summary>
    private static readonly Dictionary<string, (string Name, string? Tag)> s_counters = new(StringComparer.Ordinal)
    {
        ["ringportal.ring.request"] = (FigureNames.RingRequests, "status"),
        ["ringportal.ring.token.refresh"] = (FigureNames.Refreshes, "outcome"),
        ["ringportal.link.finished"] = (FigureNames.Links, "outcome"),
        ["ringportal.code.received"] = (FigureNames.Codes, "outcome"),
        ["ringportal.webhook.received"] = (FigureNames.Webhooks, "outcome"),
        ["ringportal.webhook.signed"] = (FigureNames.WebhookKeys, "key"),
    };

    /// <summary>What Ring may send; the rest is one kind, so that nobody can fill the table with names.</summary>
    private static readonly HashSet<string> s_types =
    [
        RingEventTypes.MotionDetected, RingEventTypes.ButtonPress, RingEventTypes.DeviceAdded, RingEventTypes.DeviceRemoved, RingEventTypes.DeviceOnline,
        RingEventTypes.DeviceOffline, RingEventTypes.IntegrationAdded, RingEventTypes.IntegrationRemoved, RingEventTypes.SubscriptionActivated, RingEventTypes.SubscriptionDeactivated,
    ];

    private readonly MinuteCollector _collector;
    private readonly OutageClock _outage;
    private readonly IMeterFactory _meters;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _waiting = new(StringComparer.Ordinal);

    public MinuteListener(MinuteCollector collector, OutageClock outage, IMeterFactory meters, InboxBatcher inbox)
    {
        (_collector, _outage, _meters) = (collector, outage, meters);
        inbox.Added += type => collector.Count(FigureNames.WebhookTypes, type is not null && s_types.Contains(type) ? type : "other", 1);
        _listener.InstrumentPublished = Choose;
        _listener.SetMeasurementEventCallback<long>(OnCount);
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, state) => OnCount(instrument, value, tags, state));
        _listener.SetMeasurementEventCallback<double>(OnTime);
        _listener.Start();
    }

    /// <summary>Notes what has not changed as well.</summary>
    public void Look()
    {
        foreach (var (pool, waiting) in _waiting)
        {
            _collector.Reach(FigureNames.Waiting, pool, waiting);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Choose(Instrument instrument, MeterListener listener)
    {
        // In a process with several hosts each listens to its own; the driver has one meter for all.
        var isOurs = ReferenceEquals(instrument.Meter.Scope, _meters);
        if ((isOurs && (s_counters.ContainsKey(instrument.Name) || instrument.Name == Server))
            || (instrument.Meter.Name == "Npgsql" && instrument.Name is Statement or Pending))
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private void OnCount(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (s_counters.TryGetValue(instrument.Name, out var counter))
        {
            var tag = counter.Tag is null ? "" : Tag(tags, counter.Tag);
            _collector.Count(counter.Name, tag, value);
            if (counter.Name is FigureNames.Webhooks or FigureNames.Codes)
            {
                _outage.Answered(tag);
            }
        }
        else if (instrument.Name == Pending)
        {
            // The driver tells who begins and who ends to wait.
            var pool = PoolOf(tags);
            _collector.Reach(FigureNames.Waiting, pool, _waiting.AddOrUpdate(pool, value, (_, waiting) => waiting + value));
        }
    }

    private void OnTime(Instrument instrument, double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (instrument.Name == Statement)
        {
            _collector.Measure(FigureNames.Statements, PoolOf(tags), seconds * 1000);
        }
        else if (Tag(tags, "http.route") == WebhookEndpoints.Path)
        {
            _collector.Measure(FigureNames.WebhookAnswers, "", seconds * 1000);
        }
    }

    /// <summary>A pool without a name of its own is called by its connection string: that is none of ours.</summary>
    private static string PoolOf(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        Tag(tags, Pool) is { } name && PortalDataSources.Names.Contains(name) ? name : "other";

    private static string Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
            {
                return value as string ?? value?.ToString() ?? "";
            }
        }

        return "";
    }
}
