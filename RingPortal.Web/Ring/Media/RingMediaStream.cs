namespace RingPortal.Web.Ring.Media;

/// <summary>
/// Bytes from Ring as they come, never more than allowed and never slower. Nothing is held here: who does not read lets
/// Ring wait.
/// </summary>
internal sealed class RingMediaStream(Stream inner, long most, TimeSpan patience) : Stream
{
    private CancellationTokenSource _limit = new();
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_limit.TryReset())
        {
            _limit.Dispose();
            _limit = new CancellationTokenSource();
        }

        _limit.CancelAfter(patience);
        await using var leaving = cancellationToken.UnsafeRegister(static limit => ((CancellationTokenSource)limit!).Cancel(), _limit);
        try
        {
            var count = await inner.ReadAsync(buffer, _limit.Token);
            _read += count;
            return _read <= most ? count : throw new RingMediaException($"more than {most} bytes");
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RingMediaException("no byte in time", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException and not RingMediaException)
        {
            throw new RingMediaException("broken off", exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _limit.Dispose();
        }

        base.Dispose(disposing);
    }
}
