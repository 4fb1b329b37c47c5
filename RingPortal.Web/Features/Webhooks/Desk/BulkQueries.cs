using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Webhooks;

namespace RingPortal.Web.Features.Webhooks.Desk;

/// <summary>What operators see of acts on many deliveries: those under way, and what became of the newest.</summary>
internal sealed class BulkQueries(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int Most = 5;
    private static readonly TimeSpan s_news = TimeSpan.FromHours(1);

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<BulkRow>> NewestAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        var since = clock.GetUtcNow() - s_news;
        var bulks = await context.InboxBulks.AsNoTracking().Where(bulk => bulk.SettledAt == null || bulk.AskedAt > since)
            .OrderByDescending(bulk => bulk.AskedAt).Take(Most).ToListAsync(cancellationToken);
        var rows = new List<BulkRow>(bulks.Count);
        foreach (var bulk in bulks)
        {
            var result = bulk.SettledAt is null ? await context.ResultAsync(bulk.Id, cancellationToken) : new BulkResult(bulk.Done, bulk.Stopped, 0);
            rows.Add(new BulkRow(bulk.Id, bulk.Verb, bulk.AskedAt, bulk.Matched, bulk.Handled, bulk.CarriedOutAt is not null, bulk.SettledAt, result.Done, result.Stopped, result.Waiting));
        }

        return rows;
    }
}

/// <summary>An act on many deliveries.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Verb">What is done.</param>
/// <param name="AskedAt">Since when (UTC).</param>
/// <param name="Matched">How many it is about.</param>
/// <param name="Handled">How many are carried out.</param>
/// <param name="IsCarriedOut">Whether that is all of them.</param>
/// <param name="SettledAt">When all had come to an end (UTC).</param>
/// <param name="Done">How many are done.</param>
/// <param name="Stopped">How many stopped again.</param>
/// <param name="Waiting">How many wait for the dispatcher.</param>
public sealed record BulkRow(Guid Id, InboxVerb Verb, DateTimeOffset AskedAt, int Matched, int Handled, bool IsCarriedOut, DateTimeOffset? SettledAt, int Done, int Stopped, int Waiting);
