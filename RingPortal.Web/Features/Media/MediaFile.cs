using System.Buffers;
using RingPortal.Web.Ring.Media;

namespace RingPortal.Web.Features.Media;

/// <summary>
/// A picture or recording whose beginning was looked at and is what Ring says it is. The rest comes as it is read: at most
/// <see cref="LongestHead"/> of it is held here.
/// </summary>
internal sealed class MediaFile(RingMedia source, MediaFormat format, byte[] head, int headLength, ImageHeader size) : IAsyncDisposable
{
    /// <summary>How far into a picture its size may stand.</summary>
    public const int LongestHead = 1024 * 1024;

    private const int Piece = 64 * 1024;

    private byte[]? _head = head;

    /// <summary>What it is.</summary>
    public MediaFormat Format => format;

    /// <summary>What Ring says beside it.</summary>
    public RingMedia Source => source;

    /// <summary>Size of a picture.</summary>
    public ImageHeader Size => size;

    /// <summary>Writes all of it, piece by piece.</summary>
    public async Task CopyToAsync(Stream target, CancellationToken cancellationToken)
    {
        var head = _head ?? throw new InvalidOperationException("It was read already.");
        await target.WriteAsync(head.AsMemory(0, headLength), cancellationToken);
        GiveBack();
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            int count;
            while ((count = await source.Content.ReadAsync(piece.AsMemory(0, Piece), cancellationToken)) > 0)
            {
                await target.WriteAsync(piece.AsMemory(0, count), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    /// <summary>Reads a picture as a whole; it is never larger than <c>RingClient.LargestImage</c>.</summary>
    public async Task<byte[]> ReadAllAsync(CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream((int)(source.Length ?? Piece));
        await CopyToAsync(buffer, cancellationToken);
        return buffer.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        GiveBack();
        await source.DisposeAsync();
    }

    private void GiveBack()
    {
        if (Interlocked.Exchange(ref _head, null) is { } head)
        {
            ArrayPool<byte>.Shared.Return(head);
        }
    }
}
