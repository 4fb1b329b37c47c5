using RingPortal.Data;
using RingPortal.Data.Erasure;
using RingPortal.Web.Features.Teardown;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Erasure;

/// <summary>Does the stages of an erasure in their order, from the first unfinished one on; killed anywhere, it goes on there.</summary>
internal sealed partial class ErasureRunner(RingPortalContext context, ErasureLease lease, ErasurePlan plan, TimeProvider clock, ILogger<ErasureRunner> logger)
{
    /// <summary>Works on one erasure as far as it goes.</summary>
    /// <returns>When to come back, because others are at it or must end first; null when there is nothing left.</returns>
    /// <exception cref="Exception">A stage failed: noted, due again after a pause.</exception>
    public async Task<TimeSpan?> RunAsync(Guid erasureId, CancellationToken cancellationToken)
    {
        if (await lease.TakeAsync(erasureId, cancellationToken) is not { UserId: { } userId } work)
        {
            return await lease.PauseAsync(erasureId, cancellationToken);
        }

        try
        {
            return await WorkAsync(work, userId, cancellationToken);
        }
        catch (ErasureLeaseLostException)
        {
            Log.Lost(logger, work.Id, work.Stage);
            return await lease.PauseAsync(erasureId, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await lease.ReleaseAsync(work, error: null, CancellationToken.None);
            throw;
        }
        catch (Exception exception)
        {
            await NoteAsync(work, exception);
            throw;
        }
    }

    private async Task<TimeSpan?> WorkAsync(ErasureWork work, Guid userId, CancellationToken cancellationToken)
    {
        while (true)
        {
            context.ChangeTracker.Clear();
            await lease.KeepAsync(work, cancellationToken);
            var next = await plan.Of(work.Stage).RunAsync(work, userId, cancellationToken);
            if (next == work.Stage)
            {
                await lease.WaitAsync(work, cancellationToken);
                return ErasureLease.Patience;
            }

            Log.StageDone(logger, work.Id, work.Stage);
            if (next is ErasureStage.Done)
            {
                Log.Completed(logger, work.Id, (clock.GetUtcNow() - work.RequestedAt).TotalSeconds);
                return null;
            }

            await lease.AdvanceAsync(work, next, cancellationToken);
        }
    }

    /// <summary>When even that cannot be written, the lease ends by itself and the sweep finds the row.</summary>
    private async Task NoteAsync(ErasureWork work, Exception exception)
    {
        var error = TeardownErrors.Describe(exception);
        Log.Failed(logger, work.Id, work.Stage, error, work.Attempts);
        context.ChangeTracker.Clear();
        try
        {
            await lease.ReleaseAsync(work, $"{work.Stage}: {error}", CancellationToken.None);
        }
        catch (Exception trouble) when (DatabaseTrouble.Is(trouble))
        {
            Log.NotNoted(logger, work.Id, trouble);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Erasure {ErasureId}: {Stage} is done")]
        public static partial void StageDone(ILogger logger, Guid erasureId, ErasureStage stage);

        [LoggerMessage(2, LogLevel.Information, "Erasure {ErasureId} is complete after {Seconds:0.0} s")]
        public static partial void Completed(ILogger logger, Guid erasureId, double seconds);

        [LoggerMessage(3, LogLevel.Warning, "Erasure {ErasureId} was taken over by another instance during {Stage}")]
        public static partial void Lost(ILogger logger, Guid erasureId, ErasureStage stage);

        [LoggerMessage(4, LogLevel.Warning, "Erasure {ErasureId} failed in {Stage} ({Error}); attempt {Attempts}")]
        public static partial void Failed(ILogger logger, Guid erasureId, ErasureStage stage, string error, int attempts);

        [LoggerMessage(5, LogLevel.Warning, "The failure of erasure {ErasureId} could not be noted; it goes on when its lease ends")]
        public static partial void NotNoted(ILogger logger, Guid erasureId, Exception trouble);
    }
}
