using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Features.Webhooks.Dispatch;

namespace RingPortal.Web.Features.Webhooks.Desk;

/// <summary>
/// Carries an act on many deliveries a little further. What was changed and how far that is are one transaction: whoever
/// is killed in between has done nothing, and the next one goes on at the same place.
/// </summary>
internal sealed class BulkChunk(RingPortalContext context, InboxAddress address, TimeProvider clock)
{
    /// <summary>Deliveries of one transaction.</summary>
    public const int Size = 500;

    /// <summary>Carries one chunk out.</summary>
    /// <returns>Whether there is more to do, here and now.</returns>
    public async Task<bool> RunAsync(Guid bulkId, CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        await using var transaction = await context.BeginIndexedAsync(cancellationToken);
        var bulk = await context.InboxBulks
            .FromSql($"SELECT * FROM inbox_bulks WHERE id = {bulkId} AND carried_out_at IS NULL FOR UPDATE SKIP LOCKED")
            .SingleOrDefaultAsync(cancellationToken);
        if (bulk is null)
        {
            return false;
        }

        var places = await NextAsync(bulk, cancellationToken);
        if (places.Count > 0)
        {
            bulk.Handled += await context.DecideAsync(bulk.Verb, [.. places.Select(place => place.Id)], bulk.Id, clock.GetUtcNow(), cancellationToken);
            (bulk.PlaceAt, bulk.PlaceId) = (places[^1].At, places[^1].Id);
            bulk.Chunks++;
        }

        var isOver = places.Count < Size;
        bulk.CarriedOutAt = isOver ? clock.GetUtcNow() : null;
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return !isOver;
    }

    /// <summary>The next ones, the oldest first, and none that stopped only after the act was asked for.</summary>
    private async Task<List<Place>> NextAsync(InboxBulk bulk, CancellationToken cancellationToken)
    {
        if (BulkFilter.Read(bulk.Filter).Open(address) is not { } filter)
        {
            return [];
        }

        var asked = bulk.AskedAt;
        var rows = context.Matching(filter, await context.CameraAsync(filter, cancellationToken)).In(filter.Tab.State()).Where(row => row.ReceivedAt <= asked);
        if (bulk is { PlaceAt: { } at, PlaceId: { } id })
        {
            rows = rows.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(row.ReceivedAt, row.Id), ValueTuple.Create(at, id)));
        }

        return await rows.OrderBy(row => row.ReceivedAt).ThenBy(row => row.Id).Select(row => new Place(row.ReceivedAt, row.Id)).Take(Size).ToListAsync(cancellationToken);
    }

    private sealed record Place(DateTimeOffset At, Guid Id);
}
