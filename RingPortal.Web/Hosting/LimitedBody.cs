namespace RingPortal.Web.Hosting;

/// <summary>A request body read up to a limit and within a deadline, so that no caller decides about our memory or time.</summary>
internal abstract record LimitedBody
{
    /// <summary>The whole body.</summary>
    public sealed record Complete(ReadOnlyMemory<byte> Bytes) : LimitedBody;

    /// <summary>More than the limit, declared or sent.</summary>
    public sealed record TooLarge : LimitedBody;

    /// <summary>Cut, badly framed or too slow.</summary>
    public sealed record Broken : LimitedBody;

    public static async Task<LimitedBody> ReadAsync(HttpRequest request, int limit, TimeSpan deadline, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return new TooLarge();
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(deadline);
        try
        {
            return await ReadToEndAsync(request.Body, limit, timeout.Token);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new TooLarge();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // Kestrel would answer 400 or 408 by itself, which Ring takes as final; the caller answers 503 instead.
            return new Broken();
        }
    }

    private static async Task<LimitedBody> ReadToEndAsync(Stream body, int limit, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[8 * 1024];
        int read;
        while ((read = await body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > limit)
            {
                return new TooLarge();
            }

            buffer.Write(chunk, 0, read);
        }

        return new Complete(buffer.ToArray());
    }
}
