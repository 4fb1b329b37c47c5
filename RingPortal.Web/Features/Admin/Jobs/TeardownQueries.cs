using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Teardown;
using RingPortal.Web.Features.Teardown;

namespace RingPortal.Web.Features.Admin.Jobs;

/// <summary>Removals of cameras and connections as operators read them. Each question uses a scope of its own, because open pages ask again and again.</summary>
internal sealed class TeardownQueries(IServiceScopeFactory scopes)
{
    /// <summary>Removals of one page.</summary>
    public const int PageSize = 50;

    /// <summary>One page, the newest first.</summary>
    /// <param name="onlyOpen">Only those that have not come to their end.</param>
    /// <param name="before">Only older ones than this.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<TeardownList> ListAsync(bool onlyOpen, DateTimeOffset? before, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var all = Context(scope).Teardowns.AsNoTracking();
        var found = onlyOpen ? all.Where(work => work.CompletedAt == null) : all;
        var page = (before is { } at ? found.Where(work => work.RequestedAt < at) : found).OrderByDescending(work => work.RequestedAt).Take(PageSize + 1);
        var rows = await page.Select(work => new TeardownRow(
            work.Id, work.Kind, work.Cause, work.Name, work.RequestedAt, work.CompletedAt, work.Attempts, work.NextAttemptAt, work.LastError)).ToListAsync(cancellationToken);
        return new TeardownList([.. rows.Take(PageSize)], rows.Count > PageSize);
    }

    /// <summary>How many have not come to their end, counted up to <see cref="JobQueries.MostCounted"/> + 1.</summary>
    public async Task<int> CountOpenAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Context(scope).Teardowns.Where(work => work.CompletedAt == null).Take(JobQueries.MostCounted + 1).CountAsync(cancellationToken);
    }

    /// <summary>One removal with its steps; null when there is none with this key.</summary>
    public async Task<TeardownDetail?> TeardownAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        if (await context.Teardowns.AsNoTracking().SingleOrDefaultAsync(work => work.Id == id, cancellationToken) is not { } work)
        {
            return null;
        }

        var done = await context.TeardownSteps.AsNoTracking().Where(step => step.TeardownId == id).OrderBy(step => step.Position)
            .Select(step => new TeardownStepRow(step.Name, step.StartedAt, step.FinishedAt, step.Attempts, step.Result, step.LastError)).ToListAsync(cancellationToken);
        var plan = scope.ServiceProvider.GetRequiredService<TeardownPlan>().Steps.Select(step => step.Name);
        var left = work.CompletedAt is null ? plan.Except(done.Select(step => step.Name)) : [];
        return new TeardownDetail(Row(work), work.RingTokenId, [.. done, .. left.Select(name => new TeardownStepRow(name, null, null, 0, null, null))]);
    }

    private static TeardownRow Row(TeardownWork work) =>
        new(work.Id, work.Kind, work.Cause, work.Name, work.RequestedAt, work.CompletedAt, work.Attempts, work.NextAttemptAt, work.LastError);

    private static RingPortalContext Context(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<RingPortalContext>();
}
