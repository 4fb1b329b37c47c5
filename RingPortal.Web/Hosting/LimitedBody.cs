using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace RingPortal.Web.Hosting;

/// <summary>A request body read up to a limit and within a deadline, so that no caller decides about our memory or time.</summary>
internal abstract class LimitedBody : IDisposable
{
    /// <summary>The whole body, in memory that is lent until this is disposed.</summary>
    public sealed class Complete : LimitedBody
    {
        private readonly byte[] _lent;

        public Complete(in ReadOnlySequence<byte> body)
        {
            var length = (int)body.Length;
            _lent = ArrayPool<byte>.Shared.Rent(length);
            body.CopyTo(_lent);
            Bytes = _lent.AsMemory(0, length);
        }

        public ReadOnlyMemory<byte> Bytes { get; }

        public override void Dispose()
        {
            ArrayPool<byte>.Shared.Return(_lent);
            base.Dispose();
        }
    }

    /// <summary>More than the limit, declared or sent.</summary>
    public sealed class TooLarge : LimitedBody;

    /// <summary>Cut, badly framed or too slow.</summary>
    public sealed class Broken : LimitedBody;

    private static readonly TooLarge s_tooLarge = new();
    private static readonly Broken s_broken = new();

    public virtual void Dispose()
    {
    }

    public static async ValueTask<LimitedBody> ReadAsync(HttpRequest request, int limit, TimeSpan deadline, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return s_tooLarge;
        }

        try
        {
            // A small body mostly came with its headers, and then needs no clock.
            return request.BodyReader.TryRead(out var read) && Take(request.BodyReader, read, limit) is { } whole
                ? whole
                : await ReadToEndAsync(request, limit, deadline, cancellationToken);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return s_tooLarge;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // Kestrel would answer 400 or 408 by itself, which Ring takes as final; the caller answers 503 instead.
            return s_broken;
        }
    }

    private static async Task<LimitedBody> ReadToEndAsync(HttpRequest request, int limit, TimeSpan deadline, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            // The deadline is ours; the server's own rule would answer 408.
            rate.MinDataRate = null;
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(deadline);
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(timeout.Token);
            if (Take(request.BodyReader, read, limit) is { } body)
            {
                return body;
            }
        }
    }

    /// <summary>The end of the reading, or null when there is more to come.</summary>
    private static LimitedBody? Take(PipeReader reader, ReadResult read, int limit)
    {
        var buffer = read.Buffer;
        LimitedBody? body = buffer.Length > limit ? s_tooLarge : read.IsCompleted ? new Complete(buffer) : null;
        reader.AdvanceTo(body is null ? buffer.Start : buffer.End, buffer.End);
        return body;
    }
}
