using System.Buffers;
using RingPortal.Web.Ring.Media;

namespace RingPortal.Web.Features.Media;

/// <summary>
/// Looks at the beginning of what Ring sends: only JPEG, PNG and MP4 pass, by what Ring calls them and by their own first
/// bytes, and pictures of a sane size.
/// </summary>
internal static class MediaInspector
{
    private const int FirstLook = 4096;

    private static readonly SearchValues<byte> s_text =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(value => (byte)value), (byte)'\t', (byte)'\r', (byte)'\n', 0xEF, 0xBB, 0xBF]);

    /// <summary>The file, or why it is none. The source is disposed of in the second case.</summary>
    public static async Task<(MediaFile? File, MediaRefusal Refusal)> InspectAsync(RingMedia source, bool image, CancellationToken cancellationToken)
    {
        var head = ArrayPool<byte>.Shared.Rent(FirstLook);
        try
        {
            var (file, refusal, kept) = await LookAsync(source, image, head, cancellationToken);
            head = kept;
            if (file is not null)
            {
                return (file, default);
            }

            ArrayPool<byte>.Shared.Return(head);
            await source.DisposeAsync();
            return (null, refusal);
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    private static async Task<(MediaFile? File, MediaRefusal Refusal, byte[] Head)> LookAsync(RingMedia source, bool image, byte[] head, CancellationToken cancellationToken)
    {
        var length = await source.Content.ReadAtLeastAsync(head.AsMemory(0, FirstLook), FirstLook, throwOnEndOfStream: false, cancellationToken);
        var (named, found) = (MediaFormat.OfType(source.ContentType), MediaFormat.OfBytes(head.AsSpan(0, length)));
        if (named is null || named.IsImage != image || (found is not null && found != named) || length == 0)
        {
            return (null, MediaRefusal.Unfit, head);
        }

        if (found is null)
        {
            // Encrypted bytes look like chance (contract 9.2); whoever sends words sends something else.
            return (null, IsText(head.AsSpan(0, Math.Min(length, 64))) ? MediaRefusal.Unfit : MediaRefusal.Protected, head);
        }

        if (!image)
        {
            return (new MediaFile(source, found, head, length, default), default, head);
        }

        ImageHeader size;
        while ((size = ImageHeader.Read(found, head.AsSpan(0, length))).NeedsMore && length < MediaFile.LongestHead)
        {
            head = Grow(head, length);
            var more = await source.Content.ReadAtLeastAsync(head.AsMemory(length), 1, throwOnEndOfStream: false, cancellationToken);
            if (more == 0)
            {
                break;
            }

            length += more;
        }

        return size.IsSane ? (new MediaFile(source, found, head, length, size), default, head) : (null, MediaRefusal.Unfit, head);
    }

    private static byte[] Grow(byte[] head, int length)
    {
        if (length < head.Length)
        {
            return head;
        }

        var larger = ArrayPool<byte>.Shared.Rent(head.Length * 2);
        head.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(head);
        return larger;
    }

    private static bool IsText(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept(s_text) < 0;
}
