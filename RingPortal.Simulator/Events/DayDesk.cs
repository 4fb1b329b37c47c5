using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.State;

namespace RingPortal.Simulator.Events;

/// <summary>Plays days, one at a time for each account.</summary>
public sealed class DayDesk : IAsyncDisposable
{
    private readonly RingStore store;
    private readonly AccountBook accounts;
    private readonly RingEvents events;
    private readonly Lock gate = new();
    private readonly Dictionary<string, PlayedDay> days = [];

    internal DayDesk(RingStore store, AccountBook accounts, RingEvents events) => (this.store, this.accounts, this.events) = (store, accounts, events);

    /// <summary>The day that an account plays or played last, <see langword="null"/> when there was none.</summary>
    public PlayedDay? this[string accountKey]
    {
        get
        {
            lock (gate)
                return days.GetValueOrDefault(accountKey);
        }
    }

    /// <summary>Begins a day; one that is still played is stopped.</summary>
    /// <param name="accountKey">Whose day.</param>
    /// <param name="length">How long its first to its last event take.</param>
    /// <exception cref="ArgumentException">The account shares no camera, or the length is none.</exception>
    public PlayedDay Begin(string accountKey, TimeSpan length)
    {
        var steps = DayScript.Of(accounts[accountKey], accounts, events);
        if (steps.Count == 0 || length < TimeSpan.Zero || length > TimeSpan.FromDays(1))
            throw new ArgumentException("A day needs a camera that the app may see, and at most 24 hours.", nameof(length));

        lock (gate)
        {
            days.GetValueOrDefault(accountKey)?.Stop();
            var day = new PlayedDay(steps, length, Tell);
            days[accountKey] = day;
            day.Begin();
            return day;
        }
    }

    /// <summary>Ends the day of an account; what happened stays.</summary>
    public void Stop(string accountKey) => this[accountKey]?.Stop();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        List<PlayedDay> all;
        lock (gate)
            all = [.. days.Values];

        all.ForEach(day => day.Stop());
        await Task.WhenAll(all.Select(day => day.Done));
    }

    /// <summary>Pages show how far it is.</summary>
    private void Tell() => store.Touch();
}
