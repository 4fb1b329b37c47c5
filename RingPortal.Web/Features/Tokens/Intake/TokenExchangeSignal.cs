using System.Threading.Channels;

namespace RingPortal.Web.Features.Tokens.Intake;

/// <summary>Wakes this instance's exchange worker. Only a hint: the rows are the truth, and a poll finds them too.</summary>
internal sealed class TokenExchangeSignal
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Returns when woken or when the time is over, whichever is first.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(atMost);
        try
        {
            await _wake.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is over: the caller polls.
            return;
        }
    }
}
