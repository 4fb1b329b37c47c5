using System.Globalization;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Webhooks;

/// <summary>One way to send a body, and what may be answered.</summary>
internal sealed record BodyCase(string Name, int Expected, IReadOnlyList<string> Headers, Func<NetworkStream, CancellationToken, Task> WriteAsync);

/// <summary>W13: large, slow, cut and badly framed bodies.</summary>
internal sealed class BodyDrill(ProofWorld world)
{
    private const int Limit = 256 * 1024;

    private readonly EventMill _mill = world.Mill;

    /// <summary>Sizes and framing; each ends at once.</summary>
    public IReadOnlyList<BodyCase> Quick
    {
        get
        {
            var (largest, larger, small, plain) = (Padded(Limit), Padded(Limit + 1), Padded(600), _mill.Next());
            var packed = _mill.Sign("packed", Packed(plain.Body));
            return
            [
                new("exactly 256 KiB", 200, Declared(largest, Limit), Whole(largest.Body)),
                new("a byte more, declared", 413, Declared(larger, Limit + 1), Whole(larger.Body)),
                new("a byte more, unsigned", 413, [$"Content-Length: {Limit + 1}"], Whole(larger.Body)),
                new("a gigabyte, declared and never sent", 413, Declared(small, 1024 * 1024 * 1024), Nothing),
                new("256 KiB in chunks", 200, Chunked(largest), Chunks(largest.Body, 8 * 1024)),
                new("more in chunks", 413, Chunked(larger), Chunks(larger.Body, 8 * 1024)),
                new("endless chunks", 413, Chunked(larger), EndlessAsync),
                new("one chunk a byte", 200, Chunked(small), Chunks(small.Body, 1)),
                new("compressed: signed and kept as it came", 200, [.. Declared(packed, packed.Body.Length), "Content-Encoding: gzip"], Whole(packed.Body)),
                new("compressed: the signature is not over what is inside", 401, [$"Content-Length: {packed.Body.Length}", $"X-Signature: {plain.Signature}", "Content-Encoding: gzip"], Whole(packed.Body)),
                new("any content type", 200, [.. Declared(plain, plain.Body.Length), "Content-Type: image/png; charset=nonsense"], Whole(plain.Body)),
                new("no chunk size", 503, Chunked(small), (stream, token) => TextAsync(stream, "zz\r\n", token)),
                new("a chunk without its line end", 503, Chunked(small), (stream, token) => TextAsync(stream, "5\r\nabcdefg\r\n0\r\n\r\n", token)),
            ];
        }
    }

    /// <summary>What never ends by itself: the portal has to.</summary>
    public IReadOnlyList<BodyCase> Slow
    {
        get
        {
            var small = Padded(600);
            return
            [
                new("a byte a second", 503, Declared(small, 600), DripAsync),
                new("a byte a second in chunks", 503, Chunked(small), DripChunksAsync),
                new("headers and then nothing", 503, Declared(small, 600), Nothing),
                new("all but the last byte", 503, Declared(small, 600), Whole(small.Body[..^1])),
                new("no last chunk", 503, Chunked(small), (stream, token) => TextAsync(stream, "5\r\nabcde\r\n", token)),
            ];
        }
    }

    /// <summary>Sends a case to one instance.</summary>
    public async Task<RawAnswer> SendAsync(BodyCase one, int portal = 0)
    {
        var answer = await RawCaller.PostAsync(world.Addresses[portal], one.Headers, one.WriteAsync, TimeSpan.FromSeconds(15));
        Assert.True(answer.Status == one.Expected, $"{one.Name}: {answer.Status} after {answer.Elapsed.TotalSeconds:0.0} s instead of {one.Expected}");
        return answer;
    }

    private static Func<NetworkStream, CancellationToken, Task> Nothing { get; } = (_, _) => Task.CompletedTask;

    private static List<string> Declared(RingDelivery delivery, int length) => [$"Content-Length: {length}", $"X-Signature: {delivery.Signature}"];

    private static List<string> Chunked(RingDelivery delivery) => ["Transfer-Encoding: chunked", $"X-Signature: {delivery.Signature}"];

    private static Func<NetworkStream, CancellationToken, Task> Whole(byte[] body) => async (stream, cancellationToken) => await stream.WriteAsync(body, cancellationToken);

    private static Func<NetworkStream, CancellationToken, Task> Chunks(byte[] body, int size) => async (stream, cancellationToken) =>
    {
        foreach (var chunk in body.Chunk(size))
        {
            await stream.WriteAsync(Framed(chunk), cancellationToken);
        }

        await TextAsync(stream, "0\r\n\r\n", cancellationToken);
    };

    private static async Task EndlessAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var chunk = Framed(new byte[16 * 1024]);
        while (!cancellationToken.IsCancellationRequested)
        {
            await stream.WriteAsync(chunk, cancellationToken);
        }
    }

    private static async Task DripAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await TextAsync(stream, " ", cancellationToken);
            await Moments.PassAsync(TimeSpan.FromSeconds(1), cancellationToken);
        }
    }

    private static async Task DripChunksAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await TextAsync(stream, "1\r\n \r\n", cancellationToken);
            await Moments.PassAsync(TimeSpan.FromSeconds(1), cancellationToken);
        }
    }

    private static async Task TextAsync(NetworkStream stream, string text, CancellationToken cancellationToken) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);

    private static byte[] Framed(byte[] chunk) => [.. Encoding.ASCII.GetBytes(chunk.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), .. chunk, .. "\r\n"u8];

    /// <summary>A readable event of exactly so many bytes.</summary>
    private RingDelivery Padded(int bytes)
    {
        var start = $$"""{"meta":{"version":"1.1","request_id":"w13-{{Guid.NewGuid():N}}"},"data":{"type":"device_online","note":" """;
        return _mill.Sign("padded", start.PadRight(bytes - 3, 'x') + "\"}}");
    }

    private static byte[] Packed(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(body);
        }

        return packed.ToArray();
    }
}
