using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Events;
using RingPortal.Data.Tokens;
using RingPortal.Web.Account;

namespace RingPortal.Web.Features.Events;

/// <summary>What belongs to a piece of the timeline beside its entries: gaps, and how far the history is read.</summary>
internal static class TimelineSurroundings
{
    private const int MostGaps = 20;

    /// <summary>Gaps that end within the piece, and are not filled. Cameras with the same gap have it once.</summary>
    public static async Task<IReadOnlyList<TimelineGap>> GapsAsync(
        RingPortalContext context, Guid[] seen, TimelineView view, TimelineFilter filter, CancellationToken cancellationToken)
    {
        var gaps = context.EventGaps.Where(gap => seen.Contains(gap.DeviceId) && gap.State != EventGapState.Filled);
        if (filter.Day is { } day)
        {
            var (from, to) = LocalDay.Range(day, TimeZones.OrUtc(view.TimeZone));
            gaps = gaps.Where(gap => gap.ToAt > from && gap.FromAt < to);
        }

        if (view.HasOlder)
        {
            var oldest = view.Entries[^1].OccurredAt;
            gaps = gaps.Where(gap => gap.ToAt > oldest);
        }

        if (filter.Before is { } before)
        {
            gaps = gaps.Where(gap => gap.ToAt <= before.At);
        }

        return await gaps.Select(gap => new { gap.FromAt, gap.ToAt, IsOpen = gap.State == EventGapState.Open }).Distinct()
            .OrderByDescending(gap => gap.ToAt).ThenByDescending(gap => gap.FromAt).ThenBy(gap => gap.IsOpen)
            .Take(MostGaps).Select(gap => new TimelineGap(gap.FromAt, gap.ToAt, gap.IsOpen)).ToListAsync(cancellationToken);
    }

    /// <summary>How far the history is read of those cameras whose connection works.</summary>
    public static async Task<TimelineHistory> HistoryAsync(RingPortalContext context, Guid[] seen, CancellationToken cancellationToken)
    {
        var read = await context.Devices
            .Where(device => seen.Contains(device.Id) && context.RingTokens.Any(
                token => token.Id == device.RingTokenId && (token.State == RingTokenState.Active || token.State == RingTokenState.Confirmed)))
            .LeftJoin(
                context.DeviceHistories, device => device.Id, history => history.DeviceId,
                (_, history) => new { IsComplete = (bool?)history!.IsComplete, history.ReadAt, history.SilentSince })
            .ToListAsync(cancellationToken);
        return new TimelineHistory(
            read.Exists(history => history.IsComplete is not true),
            read.Exists(history => history.ReadAt is null) ? null : read.Select(history => history.ReadAt).Min(),
            read.Select(history => history.SilentSince).Min());
    }
}
