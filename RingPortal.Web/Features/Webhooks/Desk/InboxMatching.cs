using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Webhooks;

namespace RingPortal.Web.Features.Webhooks.Desk;

/// <summary>The one meaning of a filter: what the list shows, the tabs count and an act on all of them changes.</summary>
internal static class InboxMatching
{
    /// <summary>The deliveries that match; the state is the caller's.</summary>
    /// <param name="context">The unit of work.</param>
    /// <param name="filter">What is chosen.</param>
    /// <param name="camera">The camera of the filter as Ring names it.</param>
    public static IQueryable<InboxMessage> Matching(this RingPortalContext context, InboxFilter filter, RingCamera? camera)
    {
        var rows = context.Inbox.AsNoTracking();
        if (filter.Type is { } type)
        {
            rows = rows.Where(row => row.EventType == type);
        }

        if (filter.Account is { } account)
        {
            rows = rows.Where(row => row.AccountId == account);
        }

        if (filter.Device is not null)
        {
            var (owner, source) = (camera?.Account, camera?.RingDeviceId);
            rows = camera is null ? rows.Where(row => false) : rows.Where(row => row.AccountId == owner && row.Source == source);
        }

        if (filter.From is { } from)
        {
            rows = rows.Where(row => row.ReceivedAt >= from);
        }

        return filter.To is { } to ? rows.Where(row => row.ReceivedAt < to) : rows;
    }

    /// <summary>In the state of a tab.</summary>
    public static IQueryable<InboxMessage> In(this IQueryable<InboxMessage> rows, InboxState? state) => state switch
    {
        InboxState.Due => rows.Where(row => row.State == InboxState.Due),
        InboxState.Done => rows.Where(row => row.State == InboxState.Done),
        InboxState.Parked => rows.Where(row => row.State == InboxState.Parked),
        InboxState.Dead => rows.Where(row => row.State == InboxState.Dead),
        InboxState.Quarantined => rows.Where(row => row.State == InboxState.Quarantined),
        _ => rows,
    };

    /// <summary>The camera of the filter as Ring names it, also while it is being removed.</summary>
    public static async Task<RingCamera?> CameraAsync(this RingPortalContext context, InboxFilter filter, CancellationToken cancellationToken) =>
        filter.Device is { } device
            ? await context.Devices.IgnoreQueryFilters().Where(row => row.Id == device)
                .Join(context.RingTokens, row => row.RingTokenId, link => link.Id, (row, link) => new RingCamera(link.AccountId, row.RingDeviceId))
                .SingleOrDefaultAsync(cancellationToken)
            : null;
}

/// <summary>A camera as Ring names it.</summary>
/// <param name="Account">Ring's account id.</param>
/// <param name="RingDeviceId">Ring's device id.</param>
internal sealed record RingCamera(string? Account, string RingDeviceId);
