namespace RingPortal.Web.Features.Admin.Overview;

/// <summary>
/// One reading for everybody who asks within its time, however many pages are open on this instance; who asks while it is
/// read waits for the same one. A failed reading is shared by those who waited and then read again.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
internal sealed class SharedReading<T>(TimeSpan freshness, TimeProvider clock, Func<CancellationToken, Task<T>> read)
{
    private readonly Lock _lock = new();
    private Task<T>? _reading;
    private DateTimeOffset _startedAt;

    /// <summary>What was read last, or is read now.</summary>
    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_reading is null || _reading.IsFaulted || _reading.IsCanceled || (_reading.IsCompleted && now - _startedAt >= freshness))
            {
                _startedAt = now;
                // Others wait for it too: whoever leaves must not end it.
                _reading = Task.Run(() => read(CancellationToken.None), CancellationToken.None);
            }

            return _reading.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The next one who asks reads anew: something was changed.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _reading = null;
        }
    }
}
