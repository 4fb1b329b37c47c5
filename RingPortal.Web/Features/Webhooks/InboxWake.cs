namespace RingPortal.Web.Features.Webhooks;

/// <summary>
/// Wakes this instance's dispatcher after a delivery was committed. Only a hint: the rows are the truth and a poll
/// finds them too. Many signals before the dispatcher looks are one.
/// </summary>
internal sealed class InboxWake : IDisposable
{
    private readonly SemaphoreSlim _wake = new(0, 1);
    private int _signalled;

    /// <summary>To be called after the commit; never blocks.</summary>
    public void Signal()
    {
        if (Interlocked.Exchange(ref _signalled, 1) == 0)
        {
            _wake.Release();
        }
    }

    /// <summary>Returns when signalled, also before the call, or when the limit is over, whichever is first.</summary>
    public async Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (await _wake.WaitAsync(limit, cancellationToken))
        {
            // A signal between the two is not lost: what it announces is committed before the caller looks.
            Interlocked.Exchange(ref _signalled, 0);
        }
    }

    public void Dispose() => _wake.Dispose();
}
