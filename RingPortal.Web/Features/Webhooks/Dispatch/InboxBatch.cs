using System.Diagnostics;
using RingPortal.Data;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Features.Webhooks.Handlers;
using RingPortal.Web.Features.Webhooks.Intake;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Webhooks.Dispatch;

/// <summary>
/// Processes what is due: effect and outcome in one transaction. Many rows share one; when anything in it fails, each row
/// is tried in a transaction of its own, so that one bad row cannot hold up the others.
/// </summary>
internal sealed partial class InboxBatch(RingPortalContext context, EventRouter router, AnswerTimes answers, TimeProvider clock, ILogger<InboxBatch> logger)
{
    /// <summary>Rows in one transaction.</summary>
    public const int Size = 100;

    private readonly List<TimeSpan> _lags = [];
    private List<Guid> _taken = [];

    /// <summary>What follows the commits so far.</summary>
    public Aftermath Aftermath { get; } = new();

    /// <summary>How often a row was given up in this batch.</summary>
    public int Dead { get; private set; }

    /// <summary>How long each delivery that was applied had waited since its receipt.</summary>
    public IReadOnlyList<TimeSpan> Lags => _lags;

    /// <summary>Processes one batch.</summary>
    /// <returns>How many rows were taken.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TogetherAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && _taken.Count > 0)
        {
            Log.OneByOne(logger, exception, _taken.Count);
            Aftermath.Forget();
            _lags.Clear();
            await OneByOneAsync(cancellationToken);
        }

        return _taken.Count;
    }

    private async Task TogetherAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await context.BeginBatchAsync(cancellationToken);
        var messages = await context.TakeAsync(Size, clock.GetUtcNow(), cancellationToken);
        _taken = [.. messages.Select(message => message.Id)];
        if (messages.Count == 0)
        {
            return;
        }

        await router.BeginAsync(context, messages, cancellationToken);
        var settled = new List<(Guid, HandlingOutcome, int?)>(messages.Count);
        // Two instances lock cameras in the same order.
        foreach (var message in messages.OrderBy(message => message.AccountId, StringComparer.Ordinal).ThenBy(message => message.Source, StringComparer.Ordinal).ThenBy(message => message.OccurredAt))
        {
            settled.Add((message.Id, await ApplyAsync(message, Aftermath, cancellationToken), answers.Take(message.Id)));
        }

        await router.CompleteAsync(context, cancellationToken);
        await context.SettleAsync(settled, clock.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task OneByOneAsync(CancellationToken cancellationToken)
    {
        foreach (var id in _taken)
        {
            context.ChangeTracker.Clear();
            InboxMessage? message = null;
            try
            {
                await using var transaction = await context.BeginBatchAsync(cancellationToken);
                message = await context.TakeAsync(id, cancellationToken);
                if (message is not null)
                {
                    var alone = new Aftermath();
                    await router.BeginAsync(context, [message], cancellationToken);
                    var outcome = await ApplyAsync(message, alone, cancellationToken);
                    await router.CompleteAsync(context, cancellationToken);
                    await context.SettleAsync([(id, outcome, answers.Take(id))], clock.GetUtcNow(), cancellationToken);
                    await transaction.CommitAsync(cancellationToken);
                    Aftermath.Add(alone);
                }
            }
            catch (Exception exception) when (message is not null && !cancellationToken.IsCancellationRequested)
            {
                await FailAsync(message, exception, cancellationToken);
            }
        }
    }

    private async Task<HandlingOutcome> ApplyAsync(InboxMessage message, Aftermath aftermath, CancellationToken cancellationToken)
    {
        using var activity = PortalActivity.StartOf("inbox.process", ActivityKind.Consumer, message.Id);
        aftermath.Cause = message.Id;
        var now = clock.GetUtcNow();
        var outcome = await router.RouteAsync(context, message, now, aftermath, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        context.ChangeTracker.Clear();
        activity?.SetTag("ringportal.state", outcome.State.ToString()).SetTag("ringportal.attempt", message.Attempts + 1);
        if (outcome.State is InboxState.Done)
        {
            _lags.Add(now - message.ReceivedAt);
        }

        return outcome;
    }

    private async Task FailAsync(InboxMessage message, Exception exception, CancellationToken cancellationToken)
    {
        Log.Failed(logger, exception, message.Id, message.Attempts + 1);
        context.ChangeTracker.Clear();
        if (await context.FailAsync(message, ProcessingError.Describe(exception), clock.GetUtcNow(), cancellationToken))
        {
            Dead++;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A batch of {Count} deliveries could not be processed together; each is tried alone")]
        public static partial void OneByOne(ILogger logger, Exception exception, int count);

        [LoggerMessage(2, LogLevel.Error, "Delivery {InboxId} could not be processed at try {Attempt}")]
        public static partial void Failed(ILogger logger, Exception exception, Guid inboxId, int attempt);
    }
}
