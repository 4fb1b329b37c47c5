using RingPortal.Data;
using RingPortal.Data.Teardown;
using RingPortal.Web.Features.Teardown.Steps;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Teardown;

/// <summary>
/// Does the steps of a teardown in their order, from the first unfinished one on. A step's effect and the note that it is
/// done are one transaction, which also holds the lease: killed anywhere, it goes on exactly there.
/// </summary>
internal sealed partial class TeardownRunner(
    RingPortalContext context, TeardownLease lease, TeardownRecords records, TeardownPlan plan, TimeProvider clock, ILogger<TeardownRunner> logger)
{
    /// <summary>Works on one teardown as far as it goes.</summary>
    /// <returns>When to come back, because another instance is at it or it is not due yet; null when there is nothing left.</returns>
    /// <exception cref="Exception">A step failed: noted, due again after a pause.</exception>
    public async Task<TimeSpan?> RunAsync(Guid teardownId, CancellationToken cancellationToken)
    {
        if (await lease.TakeAsync(teardownId, cancellationToken) is not { } work)
        {
            return await lease.PauseAsync(teardownId, cancellationToken);
        }

        var begun = TeardownPlan.Marked;
        try
        {
            var done = await records.DoneAsync(work, cancellationToken);
            foreach (var (position, step) in plan.Steps.Index())
            {
                if (!done.Contains(begun = step.Name))
                {
                    // The first place belongs to the mark, made when the removal was learnt of.
                    await StepAsync(work, step, position + 2, cancellationToken);
                }
            }

            await lease.CompleteAsync(work, cancellationToken);
            Log.Completed(logger, work.Kind, work.Id, (clock.GetUtcNow() - work.RequestedAt).TotalSeconds);
        }
        catch (TeardownLeaseLostException)
        {
            Log.Lost(logger, work.Id, begun);
            return await lease.PauseAsync(teardownId, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await lease.ReleaseAsync(work, error: null, CancellationToken.None);
            throw;
        }
        catch (Exception exception)
        {
            await NoteAsync(work, begun, exception);
            throw;
        }

        return null;
    }

    private async Task StepAsync(TeardownWork work, ITeardownStep step, int position, CancellationToken cancellationToken)
    {
        await records.BeginAsync(work, step.Name, position, cancellationToken);
        var effect = await step.PrepareAsync(work, token => lease.KeepAsync(work, token), cancellationToken);
        context.ChangeTracker.Clear();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await lease.KeepAsync(work, cancellationToken);
        var result = await effect(cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await records.FinishAsync(work, step.Name, result.Text, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        context.ChangeTracker.Clear();
        result.Afterwards?.Invoke();
        Log.Done(logger, work.Id, step.Name, result.Text);
    }

    /// <summary>When even that cannot be written, the lease ends by itself and the sweep finds the row.</summary>
    private async Task NoteAsync(TeardownWork work, string step, Exception exception)
    {
        var error = TeardownErrors.Describe(exception);
        Log.Failed(logger, work.Id, step, error, work.Attempts);
        context.ChangeTracker.Clear();
        try
        {
            await records.FailAsync(work, step, error, CancellationToken.None);
            await lease.ReleaseAsync(work, $"{step}: {error}", CancellationToken.None);
        }
        catch (Exception trouble) when (DatabaseTrouble.Is(trouble))
        {
            Log.NotNoted(logger, work.Id, trouble);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Teardown {TeardownId}: {Step} is done ({Result})")]
        public static partial void Done(ILogger logger, Guid teardownId, string step, string result);

        [LoggerMessage(2, LogLevel.Information, "{Kind} teardown {TeardownId} is complete after {Seconds:0.0} s")]
        public static partial void Completed(ILogger logger, TeardownKind kind, Guid teardownId, double seconds);

        [LoggerMessage(3, LogLevel.Warning, "Teardown {TeardownId} was taken over by another instance during {Step}")]
        public static partial void Lost(ILogger logger, Guid teardownId, string step);

        [LoggerMessage(4, LogLevel.Warning, "Teardown {TeardownId} failed in {Step} ({Error}); attempt {Attempts}")]
        public static partial void Failed(ILogger logger, Guid teardownId, string step, string error, int attempts);

        [LoggerMessage(5, LogLevel.Warning, "The failure of teardown {TeardownId} could not be noted; it goes on when its lease ends")]
        public static partial void NotNoted(ILogger logger, Guid teardownId, Exception trouble);
    }
}
