using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Teardown;

namespace RingPortal.Web.Features.Teardown;

/// <summary>Writes down which step of a teardown was begun, how often, and what came of it.</summary>
internal sealed class TeardownRecords(RingPortalContext context, TimeProvider clock)
{
    /// <summary>Steps that need not be done again.</summary>
    public Task<HashSet<string>> DoneAsync(TeardownWork work, CancellationToken cancellationToken) =>
        context.TeardownSteps.Where(step => step.TeardownId == work.Id && step.FinishedAt != null).Select(step => step.Name).ToHashSetAsync(cancellationToken);

    /// <summary>A step begins, for the first time or again.</summary>
    /// <exception cref="TeardownLeaseLostException">The teardown is somebody else's.</exception>
    public async Task BeginAsync(TeardownWork work, string name, int position, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var begun = await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO teardown_steps (teardown_id, name, position, started_at, attempts)
            SELECT id, {name}, {position}, {now}, 1 FROM teardowns WHERE id = {work.Id} AND lease_id = {work.LeaseId}
            ON CONFLICT (teardown_id, name) DO UPDATE SET attempts = teardown_steps.attempts + 1
            """,
            cancellationToken);
        if (begun == 0)
        {
            throw new TeardownLeaseLostException();
        }
    }

    /// <summary>A step is done; in the transaction of its effect.</summary>
    public Task FinishAsync(TeardownWork work, string name, string result, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return Of(work, name).ExecuteUpdateAsync(
            set => set.SetProperty(step => step.FinishedAt, now).SetProperty(step => step.Result, result).SetProperty(step => step.LastError, (string?)null), cancellationToken);
    }

    /// <summary>A step failed; what it did before may stay.</summary>
    public Task FailAsync(TeardownWork work, string name, string error, CancellationToken cancellationToken) =>
        Of(work, name).ExecuteUpdateAsync(set => set.SetProperty(step => step.LastError, error), cancellationToken);

    private IQueryable<TeardownStep> Of(TeardownWork work, string name) =>
        context.TeardownSteps.Where(step => step.TeardownId == work.Id && step.Name == name && step.FinishedAt == null);
}
