using RingPortal.Simulator.Deliveries;
using RingPortal.Simulator.History;
using RingPortal.Simulator.State;

namespace RingPortal.Simulator.Events;

/// <summary>
/// Sends events as they are asked for, whether they fit the state of the account or not; <see cref="Accounts.AccountBook"/>
/// changes the state and sends the events that belong to it.
/// </summary>
public sealed class RingEvents
{
    private readonly RingStore store;
    private readonly EventFactory factory;
    private readonly DeliveryEngine engine;
    private readonly HistoryBook history;

    internal RingEvents(RingStore store, EventFactory factory, DeliveryEngine engine, HistoryBook history) =>
        (this.store, this.factory, this.engine, this.history) = (store, factory, engine, history);

    /// <summary>Something moves.</summary>
    public SentEvent Motion(string accountKey, string deviceId, MotionKind kind = MotionKind.Motion, EventOptions? options = null) =>
        Send(accountKey, RingEventTypes.MotionDetected, deviceId, (options ?? new()) with { SubType = kind.Wire() });

    /// <summary>Somebody presses the doorbell.</summary>
    public SentEvent Press(string accountKey, string deviceId, EventOptions? options = null) =>
        Send(accountKey, RingEventTypes.ButtonPress, deviceId, options);

    /// <summary>Any event, also of a type that nobody knows: of a device when one is named, else of the account.</summary>
    /// <exception cref="KeyNotFoundException">Nobody has this key.</exception>
    public SentEvent Send(string accountKey, string type, string? deviceId = null, EventOptions? options = null) => Send(accountKey, type, deviceId, options, name: null);

    /// <param name="accountKey">Whose event.</param>
    /// <param name="type">What happened.</param>
    /// <param name="deviceId">The device, of a device's event.</param>
    /// <param name="options">How it differs from what is usual.</param>
    /// <param name="name">What people called a device that is there no more.</param>
    internal SentEvent Send(string accountKey, string type, string? deviceId, EventOptions? options, string? name)
    {
        options ??= new();
        var account = store.Read(state => state.Accounts[accountKey]);
        if (deviceId is null)
            return Deliver(accountKey, factory.OfAccount(account.AccountId, type, options), type, options);

        var device = account.Devices.FirstOrDefault(one => one.Id == deviceId);
        var one = factory.OfDevice(account.AccountId, deviceId, device?.Components ?? [], type, options);
        if (device is not null && one.Timestamp is { } at)
            history.Note(accountKey, deviceId, type, options.SubType, at);

        return Deliver(accountKey, one, $"{type} {device?.Name ?? name ?? deviceId}", options);
    }

    /// <summary>Signs and sends these bytes, whatever they are.</summary>
    public SentEvent Raw(byte[] body, string? accountKey = null, EventOptions? options = null)
    {
        var delivery = engine.Begin(new Letter(accountKey, null, body, "raw bytes", options?.Signature, options?.Copies));
        return new SentEvent(delivery.Number, "", "", "", null) { Attempted = delivery.Attempted };
    }

    internal SentEvent Deliver(string accountKey, RingEvent one, string what, EventOptions options)
    {
        var delivery = engine.Begin(new Letter(accountKey, one, EventText.Write(one), what, options.Signature, options.Copies));
        return new SentEvent(delivery.Number, one.Type, one.EventId, one.RequestId, one.Timestamp) { Attempted = delivery.Attempted };
    }
}
