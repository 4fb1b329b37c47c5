using System.Net;

namespace RingPortal.Web.Features.Certification.Outside;

/// <summary>A body that arrives in two halves with a pause between them, as over a bad network.</summary>
internal sealed class SlowContent(byte[] body, TimeSpan pause) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var half = body.Length / 2;
        await stream.WriteAsync(body.AsMemory(0, half), cancellationToken);
        await stream.FlushAsync(cancellationToken);
        await Task.Delay(pause, cancellationToken);
        await stream.WriteAsync(body.AsMemory(half), cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
