using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Tokens;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Features.Events;

namespace RingPortal.Web.Features.Webhooks.Desk;

/// <summary>What operators see of the inbox. Each question uses a scope of its own, because open pages ask again and again.</summary>
internal sealed class InboxQueries(IServiceScopeFactory scopes)
{
    /// <summary>How many deliveries are shown at once.</summary>
    public const int PageSize = 50;

    /// <summary>Beyond that nobody wants to know how many exactly.</summary>
    public const int MostCounted = 10_000;

    /// <summary>A piece of the inbox: older than a place, newer than a place, or the newest.</summary>
    public async Task<InboxPage> PageAsync(InboxFilter filter, TimelinePosition? before, TimelinePosition? after, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        await using var reading = await context.BeginIndexedAsync(cancellationToken);
        var rows = context.Matching(filter, await context.CameraAsync(filter, cancellationToken)).In(filter.Tab.State());
        if (before is not null)
        {
            rows = rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.ReceivedAt, row.Id), ValueTuple.Create(before.At, before.Id)));
        }
        else if (after is not null)
        {
            rows = rows.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(row.ReceivedAt, row.Id), ValueTuple.Create(after.At, after.Id)));
        }

        var upwards = before is null && after is not null;
        var found = await (upwards
                ? rows.OrderBy(row => row.ReceivedAt).ThenBy(row => row.Id)
                : rows.OrderByDescending(row => row.ReceivedAt).ThenByDescending(row => row.Id))
            .Select(row => new Found(
                row.Id, row.ReceivedAt, row.State, row.EventType, row.AccountId, row.Source, row.Attempts, row.NextAttemptAt, row.SettledAt, row.State == InboxState.Quarantined ? row.Reason : row.LastError ?? row.Outcome))
            .Take(PageSize + 1).ToListAsync(cancellationToken);
        var more = found.Count > PageSize;
        found = found[..Math.Min(found.Count, PageSize)];
        if (upwards)
        {
            found.Reverse();
        }

        var names = await NamesAsync(context, found, cancellationToken);
        return new InboxPage([.. found.Select(row => row.Listed(names))], HasOlder: upwards || more, HasNewer: upwards ? more : before is not null);
    }

    /// <summary>How many match, tab by tab, each counted up to <see cref="MostCounted"/>.</summary>
    public async Task<IReadOnlyDictionary<InboxTab, BoundedCount>> CountsAsync(InboxFilter filter, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        await using var reading = await context.BeginIndexedAsync(cancellationToken);
        var camera = await context.CameraAsync(filter, cancellationToken);
        var counts = new Dictionary<InboxTab, BoundedCount>();
        foreach (var tab in InboxTabs.Listed)
        {
            // In the order of an index: whoever counts the first ten thousand must not read the others to sort them out.
            var count = await context.Matching(filter, camera).In(tab.State()).OrderByDescending(row => row.ReceivedAt).Take(MostCounted + 1).CountAsync(cancellationToken);
            counts[tab] = new BoundedCount(Math.Min(count, MostCounted), count > MostCounted);
        }

        return counts;
    }

    private static async Task<IReadOnlyDictionary<(string, string), string>> NamesAsync(RingPortalContext context, List<Found> found, CancellationToken cancellationToken)
    {
        var accounts = found.Select(row => row.Account).OfType<string>().Distinct().ToArray();
        var sources = found.Select(row => row.Source).OfType<string>().Distinct().ToArray();
        if (accounts.Length == 0)
        {
            return new Dictionary<(string, string), string>();
        }

        var rows = await context.RingTokens.AsNoTracking().Where(link => accounts.Contains(link.AccountId) && RingTokenTransitions.Living.Contains(link.State))
            .Join(context.Devices.IgnoreQueryFilters(), link => link.Id, device => device.RingTokenId, (link, device) => new { link.AccountId, device.RingDeviceId, device.Name })
            .Where(row => sources.Contains(row.RingDeviceId)).ToListAsync(cancellationToken);
        return rows.GroupBy(row => (row.AccountId!, row.RingDeviceId)).ToDictionary(group => group.Key, group => group.First().Name);
    }

    private static RingPortalContext Context(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<RingPortalContext>();

    private sealed record Found(
        Guid Id, DateTimeOffset ReceivedAt, InboxState State, string? Type, string? Account, string? Source, int Attempts, DateTimeOffset? NextAttemptAt, DateTimeOffset? SettledAt, string? Words)
    {
        public InboxRow Listed(IReadOnlyDictionary<(string, string), string> names) => new(
            Id, ReceivedAt, State, Type, Account is not null && Source is not null ? names.GetValueOrDefault((Account, Source)) : null, Attempts, NextAttemptAt, SettledAt, Words);
    }
}
