using RingPortal.Simulator.History;
using RingPortal.Simulator.Hosting;

namespace RingPortal.Simulator.Media;

/// <summary>A moment of which there is a picture.</summary>
internal readonly record struct Moment(long At, bool Still);

/// <summary>A stretch of time that was recorded.</summary>
internal readonly record struct Stretch(long From, long To, bool OnDemand);

/// <summary>What is recorded: videos of events and live sessions, and a still each so many minutes.</summary>
internal sealed class Recordings(HistoryBook history, RingSettings settings, SimulatorClock clock)
{
    private const long Tolerance = 10_000;

    /// <summary>The picture nearest to a time, at most ten seconds from it.</summary>
    public Moment? Near(string accountKey, string deviceId, long at, long since)
    {
        var found = Stretches(accountKey, deviceId)
            .Select(one => new Moment(Math.Clamp(at, one.From, one.To), Still: false))
            .Concat(Stills(at - Tolerance, at + Tolerance, since))
            .Where(moment => Math.Abs(moment.At - at) <= Tolerance)
            .OrderBy(moment => Math.Abs(moment.At - at))
            .ThenBy(moment => moment.Still)
            .ToList();
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>The newest picture of a stretch of time.</summary>
    public Moment? Latest(string accountKey, string deviceId, long from, long to, long since)
    {
        var found = Stretches(accountKey, deviceId)
            .Where(one => one.From <= to && one.To >= from)
            .Select(one => new Moment(Math.Min(one.To, to), Still: false))
            .Concat(Stills(from, to, since))
            .OrderByDescending(moment => moment.At)
            .ThenBy(moment => moment.Still)
            .ToList();
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>The first uninterrupted recording inside of a stretch of time.</summary>
    public Stretch? Clip(string accountKey, string deviceId, long from, long to)
    {
        Stretch? clip = null;
        foreach (var one in Stretches(accountKey, deviceId).Where(one => one.From < to && one.To > from).OrderBy(one => one.From))
        {
            if (clip is null)
                clip = one;
            else if (one.From <= clip.Value.To)
                clip = new(clip.Value.From, Math.Max(clip.Value.To, one.To), clip.Value.OnDemand && one.OnDemand);
        }

        return clip is { } found ? new(Math.Max(found.From, from), Math.Min(found.To, to), found.OnDemand) : null;
    }

    /// <summary>Its moment is too fresh.</summary>
    public bool IsReady(long at) => at <= Now() - settings.Media.NotReadyFor.TotalMilliseconds;

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private IEnumerable<Stretch> Stretches(string accountKey, string deviceId)
    {
        var now = Now();
        return history.Of(accountKey, deviceId)
            .Where(entry => entry.Recorded && entry.Start <= now)
            .Select(entry => new Stretch(entry.Start, Math.Min(entry.End ?? now, now), entry.EventType == HistoryTypes.OnDemand));
    }

    /// <summary>Stills are taken at whole multiples of their distance.</summary>
    private IEnumerable<Moment> Stills(long from, long to, long since)
    {
        var every = (long)(settings.Media.SnapshotMinutes * 60_000);
        if (every == 0)
            yield break;

        var last = Math.Min(to, Now()) / every * every;
        if (last >= from && last >= since)
            yield return new(last, Still: true);
    }
}
