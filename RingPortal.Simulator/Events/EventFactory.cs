using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Plans;

namespace RingPortal.Simulator.Events;

/// <summary>Makes events of the present moment, each with an id and a time of its own.</summary>
internal sealed class EventFactory(SimulatorClock clock, RingSettings settings)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, long> latest = [];
    private TimeSpan shiftOfLatest;

    public RingEvent OfDevice(string accountId, string deviceId, IReadOnlyList<string> components, string type, EventOptions options)
    {
        var timestamp = Stamp(deviceId, options);
        var source = EventText.Source(deviceId, "devices", timestamp);
        if (type != RingEventTypes.MotionDetected)
        {
            var plainId = options.EventId ?? $"{deviceId}_{type}_{timestamp}";
            return Make(accountId, deviceId, timestamp, type, plainId, EventText.Data(plainId, type, null, source, EventText.ToDevice(deviceId)), options);
        }

        var subType = options.SubType ?? MotionKind.Motion.Wire();
        var form = options.MotionForm ?? settings.Webhooks.MotionForm;
        var id = options.EventId ?? $"{deviceId}_{(subType.Length == 0 ? type : subType)}_{timestamp}";
        var attributes = form == MotionForm.BesideType ? source : source + EventText.Newer(subType, timestamp, components);
        var data = EventText.Data(id, type, form == MotionForm.InAttributes ? null : subType, attributes, EventText.ToDevice(deviceId));
        return Make(accountId, deviceId, timestamp, type, id, data, options);
    }

    public RingEvent OfAccount(string accountId, string type, EventOptions options)
    {
        var timestamp = Stamp(accountId, options);
        var id = options.EventId ?? NewId();
        return Make(accountId, null, timestamp, type, id, EventText.Data(id, type, null, EventText.Source(accountId, "users", timestamp), null), options);
    }

    public RingEvent OfPlan(string accountId, RingPlan plan, bool activated, IReadOnlyList<string> deviceIds, EventOptions options)
    {
        var type = activated ? RingEventTypes.SubscriptionActivated : RingEventTypes.SubscriptionDeactivated;
        var id = options.EventId ?? NewId();
        return Make(accountId, null, null, type, id, EventText.Data(id, type, null, EventText.Plan(plan, activated), EventText.ToPlan(deviceIds)), options);
    }

    private static string NewId() => $"evt-{Guid.CreateVersion7()}";

    private RingEvent Make(string accountId, string? deviceId, long? timestamp, string type, string id, string data, EventOptions options) => new()
    {
        Type = type,
        EventId = id,
        RequestId = options.RequestId ?? RingEvent.NewRequestId(),
        Time = options.Time ?? RingEvent.Now(clock.GetUtcNow(), deviceId is not null),
        AccountId = accountId,
        DeviceId = deviceId,
        Timestamp = timestamp,
        Data = data,
    };

    /// <summary>
    /// The time of an event. What happens to one device in the same millisecond gets times one after another: a partner tells
    /// such events apart by them, and so does <c>data.id</c>. A time that was asked for is left as it is.
    /// </summary>
    private long Stamp(string source, EventOptions options)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (options.Timestamp is { } fixedTime)
            return fixedTime;

        if (options.OffsetMilliseconds is { } offset)
            return now + offset;

        var usual = settings.Webhooks.EventOffsetMilliseconds;
        var shift = clock.Offset + TimeSpan.FromMilliseconds(usual);
        lock (gate)
        {
            // A clock that somebody moved begins anew.
            if (shift != shiftOfLatest)
                latest.Clear();

            shiftOfLatest = shift;
            var wanted = (options.Wish ?? now) + usual;
            return latest[source] = latest.TryGetValue(source, out var last) ? Math.Max(wanted, last + 1) : wanted;
        }
    }
}
