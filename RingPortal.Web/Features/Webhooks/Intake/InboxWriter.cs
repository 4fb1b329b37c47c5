using System.Diagnostics;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Webhooks.Intake;

/// <summary>
/// Sees one batch through: together, else each row alone, and all of it within 2 s. A frozen database honours no time
/// limit of the driver (reliability N1), so a batch that is late is left to itself and its callers are answered.
/// </summary>
internal sealed partial class InboxWriter(InboxRows rows, InboxGate gate, ILogger<InboxWriter> logger)
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(2);

    /// <summary>Rows tried alone at once; one that is locked elsewhere must not keep the others waiting.</summary>
    private const int Lanes = 4;

    private int _abandoned;

    /// <summary>Batches that were late and are still held by the database or the driver.</summary>
    public int Abandoned => Volatile.Read(ref _abandoned);

    /// <summary>Answers every entry within 2 s; never throws.</summary>
    public async Task WriteAsync(IReadOnlyList<InboxEntry> batch, CancellationToken cancellationToken)
    {
        var storing = StoreAsync(batch, cancellationToken);
        try
        {
            switch (await storing.WaitAsync(s_deadline, cancellationToken))
            {
                case true:
                    gate.Succeeded();
                    break;
                case false:
                    gate.Failed();
                    break;
            }
        }
        catch (TimeoutException)
        {
            AnswerAll(batch, InboxOutcome.NotStored);
            gate.Failed();
            Log.Late(logger, batch.Count);
            _ = ForgetAsync(storing);
        }
    }

    /// <summary>Whether the database was there; null where that is not known.</summary>
    private async Task<bool?> StoreAsync(IReadOnlyList<InboxEntry> batch, CancellationToken cancellationToken)
    {
        try
        {
            var started = Stopwatch.GetTimestamp();
            return await TryTogetherAsync(batch, cancellationToken) || await AloneAsync(batch, started, cancellationToken);
        }
        catch (Exception exception)
        {
            // Not the database's doing: the callers get it, as an error of ours.
            foreach (var entry in batch)
            {
                entry.Fail(exception);
            }

            return null;
        }
    }

    private async Task<bool> TryTogetherAsync(IReadOnlyList<InboxEntry> batch, CancellationToken cancellationToken)
    {
        try
        {
            await rows.StoreAsync(batch, cancellationToken);
            return true;
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            Log.NotTogether(logger, batch.Count, exception);
            return false;
        }
    }

    /// <summary>Whether the database was there, whatever it said to the rows.</summary>
    private async Task<bool> AloneAsync(IReadOnlyList<InboxEntry> batch, long started, CancellationToken cancellationToken)
    {
        var away = false;
        await Parallel.ForEachAsync(
            batch.Where(entry => !entry.IsAnswered),
            new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = cancellationToken },
            async (entry, token) =>
            {
                if (!away && Stopwatch.GetElapsedTime(started) < s_deadline && await FailureAloneAsync(entry, token) is { } failure && InboxGate.IsAway(failure))
                {
                    away = true;
                }

                entry.Answer(InboxOutcome.NotStored);
            });
        return !away;
    }

    private async Task<Exception?> FailureAloneAsync(InboxEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await rows.StoreAsync([entry], cancellationToken);
            return null;
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            Log.NotStored(logger, exception);
            return exception;
        }
    }

    /// <summary>Its failure is counted already: only that the database was there after all is news.</summary>
    private async Task ForgetAsync(Task<bool?> late)
    {
        Interlocked.Increment(ref _abandoned);
        if (await late is true)
        {
            gate.Succeeded();
        }

        Interlocked.Decrement(ref _abandoned);
    }

    private static void AnswerAll(IReadOnlyList<InboxEntry> batch, InboxOutcome outcome)
    {
        foreach (var entry in batch)
        {
            entry.Answer(outcome);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Count} signed deliveries could not be stored together; each is tried alone")]
        public static partial void NotTogether(ILogger logger, int count, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "A signed delivery could not be stored; Ring was told to send it again")]
        public static partial void NotStored(ILogger logger, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "The database did not answer in time; Ring was told to send {Count} signed deliveries again")]
        public static partial void Late(ILogger logger, int count);
    }
}
