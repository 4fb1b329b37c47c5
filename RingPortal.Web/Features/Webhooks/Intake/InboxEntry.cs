using RingPortal.Data.Webhooks;

namespace RingPortal.Web.Features.Webhooks.Intake;

/// <summary>A delivery on its way into the inbox, and the answer that its caller waits for.</summary>
internal sealed class InboxEntry(InboxMessage message)
{
    private readonly TaskCompletionSource<InboxOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InboxMessage Message => message;

    /// <summary>Nobody waits for it any more.</summary>
    public bool IsAnswered => _outcome.Task.IsCompleted;

    /// <summary>The first answer counts.</summary>
    public void Answer(InboxOutcome outcome) => _outcome.TrySetResult(outcome);

    /// <summary>A surprise reaches the caller.</summary>
    public void Fail(Exception exception) => _outcome.TrySetException(exception);

    /// <summary>The outcome, or <see cref="InboxOutcome.NotStored"/> when the time is over, whatever the database does.</summary>
    public async Task<InboxOutcome> OutcomeAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            return await _outcome.Task.WaitAsync(limit, cancellationToken);
        }
        catch (TimeoutException)
        {
            Answer(InboxOutcome.NotStored);
            return await _outcome.Task;
        }
    }
}
