using System.Net;
using RingPortal.Web.Features.Media;
using RingPortal.Web.Ring;
using RingPortal.Web.Ring.Media;

namespace RingPortal.Tests.Media;

/// <summary>How much of a recording is held here while it passes through.</summary>
public sealed class MediaStreamTests
{
    private const long Whole = RingClient.LargestClip;
    private const long Allowed = 2 * 1024 * 1024;

    [Fact]
    public async Task Of_200_MiB_No_More_Than_2_Are_Ever_Held()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([]) { Headers = { ContentType = new("video/mp4") } } };
        await using var source = new Synthetic(MediaBytes.Mp4(64), Whole);
        var (file, refusal) = await MediaInspector.InspectAsync(new RingMedia(response, new RingMediaStream(source, Whole, TimeSpan.FromSeconds(30))), image: false, CancellationToken.None);
        Assert.True(file is not null, $"{refusal}");
        await using var sink = new Sink(source);
        var before = GC.GetAllocatedBytesForCurrentThread();

        await file.CopyToAsync(sink, CancellationToken.None);

        // All of it ran on this thread: nothing had to be waited for.
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(Whole, sink.Written);
        Assert.True(sink.MostHeld <= Allowed, $"{sink.MostHeld} bytes were held");
        Assert.True(allocated < 4 * Allowed, $"{allocated} bytes were allocated");
        await file.DisposeAsync();
    }

    /// <summary>A recording as large as one likes, made while it is read.</summary>
    private sealed class Synthetic(byte[] head, long length) : MemoryStream
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(buffer.Length, length - Given);
            if (Given == 0)
            {
                head.AsSpan().CopyTo(buffer.Span);
            }

            Given += count;
            return ValueTask.FromResult(count);
        }
    }

    /// <summary>Notes how far what was read is ahead of what arrives here.</summary>
    private sealed class Sink(Synthetic source) : MemoryStream
    {
        public long Written { get; private set; }

        public long MostHeld { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            MostHeld = Math.Max(MostHeld, source.Given - Written);
            Written += buffer.Length;
            return ValueTask.CompletedTask;
        }
    }
}
