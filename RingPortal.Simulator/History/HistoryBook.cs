using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.State;

namespace RingPortal.Simulator.History;

/// <summary>What happened at the devices, whether the partner was told or not.</summary>
public sealed class HistoryBook : IDisposable
{
    private const int KeptOfDevice = 5_000, Slack = 1_000;
    private readonly Lock gate = new();
    private readonly RingStore store;
    private readonly SimulatorClock clock;
    private readonly HistoryFile file;
    private readonly Dictionary<(string Account, string Device), List<HistoryEntry>> entries = [];

    internal HistoryBook(RingStore store, SimulatorClock clock, HistoryFile file)
    {
        (this.store, this.clock, this.file) = (store, clock, file);
        foreach (var entry in file.Read())
            Put(entry);
    }

    /// <summary>Adds something that the partner is not told of, as in an outage of webhooks.</summary>
    /// <param name="accountKey">Whose device.</param>
    /// <param name="deviceId">Which device.</param>
    /// <param name="eventType"><c>motion</c>, <c>ding</c> or <c>on_demand</c>.</param>
    /// <param name="start">When it began; now, when it is not given.</param>
    /// <param name="end">When it ends; 18 seconds later, when it is not given.</param>
    /// <param name="subType">What moved, as <c>human</c>.</param>
    /// <param name="recorded">There is a video of it.</param>
    /// <exception cref="ArgumentException">The history knows no such type, or it ends before it begins.</exception>
    public HistoryEntry Add(
        string accountKey, string deviceId, string eventType, DateTimeOffset? start = null, DateTimeOffset? end = null, string? subType = null, bool recorded = true)
    {
        if (!HistoryTypes.Has(eventType, subType))
            throw new ArgumentException($"The history knows no {eventType}{(subType is null ? "" : $".{subType}")}.", nameof(eventType));

        var from = (start ?? clock.GetUtcNow()).ToUnixTimeMilliseconds();
        var to = end?.ToUnixTimeMilliseconds() ?? from + 18_100;
        return to >= from ? Keep(Fresh(accountKey, deviceId, eventType, from) with { End = to, SubType = subType, Recorded = recorded })
            : throw new ArgumentException("It must not end before it begins.", nameof(end));
    }

    /// <summary>Everything of a device, newest first.</summary>
    public IReadOnlyList<HistoryEntry> Of(string accountKey, string deviceId)
    {
        lock (gate)
            return entries.TryGetValue((accountKey, deviceId), out var list) ? [.. Enumerable.Reverse(list)] : [];
    }

    /// <inheritdoc />
    public void Dispose() => file.Dispose();

    /// <summary>Keeps what a webhook tells; the same thing told twice happened once.</summary>
    internal void Note(string accountKey, string deviceId, string webhookType, string? subType, long timestamp)
    {
        if (HistoryTypes.Of(webhookType) is not var (type, length))
            return;

        lock (gate)
        {
            if (entries.TryGetValue((accountKey, deviceId), out var list) && list.Exists(entry => entry.Start == timestamp && entry.EventType == type))
                return;

            var entry = Fresh(accountKey, deviceId, type, timestamp) with { End = timestamp + (long)length.TotalMilliseconds };
            Keep(type == HistoryTypes.Motion ? entry with { SubType = HistoryTypes.KindOf(subType) } : entry);
        }
    }

    /// <summary>A live session begins.</summary>
    internal HistoryEntry Begin(string accountKey, string deviceId, DateTimeOffset at) =>
        Keep(Fresh(accountKey, deviceId, HistoryTypes.OnDemand, at.ToUnixTimeMilliseconds()));

    /// <summary>It is over.</summary>
    internal void Finish(HistoryEntry begun, DateTimeOffset at) =>
        Change(begun.AccountKey, begun.DeviceId, entry => entry.Id == begun.Id, entry => entry with { End = at.ToUnixTimeMilliseconds() });

    /// <summary>The partner fetched a picture or a clip of this time.</summary>
    internal void Review(string accountKey, string deviceId, long from, long to) =>
        Change(accountKey, deviceId, entry => !entry.Reviewed && entry.Start <= to && (entry.End ?? long.MaxValue) >= from, entry => entry with { Reviewed = true });

    private static HistoryEntry Fresh(string accountKey, string deviceId, string eventType, long start) =>
        new() { Id = $"hist-{Guid.CreateVersion7():N}", AccountKey = accountKey, DeviceId = deviceId, EventType = eventType, Start = start };

    private HistoryEntry Keep(HistoryEntry entry)
    {
        lock (gate)
        {
            Put(entry);
            file.Append(entry);
        }

        store.Touch();
        return entry;
    }

    private void Change(string accountKey, string deviceId, Predicate<HistoryEntry> which, Func<HistoryEntry, HistoryEntry> change)
    {
        lock (gate)
        {
            if (!entries.TryGetValue((accountKey, deviceId), out var list))
                return;

            for (var index = list.Count - 1; index >= 0; index--)
            {
                if (which(list[index]))
                    file.Append(list[index] = change(list[index]));
            }
        }

        store.Touch();
    }

    /// <summary>In the order of their beginnings; mostly at the end. What was there with the same id is replaced.</summary>
    private void Put(HistoryEntry entry)
    {
        var key = (entry.AccountKey, entry.DeviceId);
        if (!entries.TryGetValue(key, out var list))
            entries[key] = list = [];

        var index = list.Count;
        while (index > 0 && (list[index - 1].Start > entry.Start || (list[index - 1].Start == entry.Start && string.CompareOrdinal(list[index - 1].Id, entry.Id) > 0)))
            index--;

        if (index > 0 && list[index - 1].Id == entry.Id)
            list[index - 1] = entry;
        else
            list.Insert(index, entry);

        if (list.Count > KeptOfDevice + Slack)
            list.RemoveRange(0, Slack);
    }
}
