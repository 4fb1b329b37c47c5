using RingPortal.Data.Events;

namespace RingPortal.Web.Features.Events.History;

/// <summary>Where an event stands: what two reports of it have in common.</summary>
/// <param name="DeviceId">The camera.</param>
/// <param name="Kind">What happened.</param>
/// <param name="SubType">Counts only where the kind says nothing.</param>
/// <param name="At">When it began (UTC).</param>
internal readonly record struct EventPlace(Guid DeviceId, DeviceEventKind Kind, string? SubType, DateTimeOffset At)
{
    public static EventPlace Of(DeviceEvent entry) => new(entry.DeviceId, entry.Kind, entry.SubType, entry.OccurredAt);

    public bool IsLike(EventPlace other) =>
        DeviceId == other.DeviceId && Kind == other.Kind && (Kind is not DeviceEventKind.Other || SubType == other.SubType)
        && (At - other.At).Duration() <= EventPairing.Tolerance;
}

/// <summary>
/// Says which delivery and which entry of the history tell of the same event: same camera, same kind, begun within two
/// seconds, one to one. The nearest belong together, so that the outcome does not depend on the order of the lists.
/// </summary>
internal static class EventPairing
{
    /// <summary>How far apart the times of the two reports may lie.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>The pairs, each of the two sides at most once.</summary>
    public static IReadOnlyList<(TOne One, TOther Other)> Pairs<TOne, TOther>(
        IReadOnlyCollection<TOne> ones, Func<TOne, EventPlace> oneAt, IReadOnlyCollection<TOther> others, Func<TOther, EventPlace> otherAt)
        where TOne : notnull
        where TOther : notnull
    {
        var near = from one in ones
                   from other in others
                   let places = (One: oneAt(one), Other: otherAt(other))
                   where places.One.IsLike(places.Other)
                   orderby (places.One.At - places.Other.At).Duration(), places.One.At, places.Other.At
                   select (one, other);
        var (taken, given) = (new HashSet<TOne>(), new HashSet<TOther>());
        var pairs = new List<(TOne, TOther)>();
        foreach (var (one, other) in near)
        {
            if (!taken.Contains(one) && !given.Contains(other))
            {
                taken.Add(one);
                given.Add(other);
                pairs.Add((one, other));
            }
        }

        return pairs;
    }
}
