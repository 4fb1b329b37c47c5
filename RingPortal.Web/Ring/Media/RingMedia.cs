namespace RingPortal.Web.Ring.Media;

/// <summary>A picture or recording that Ring sends, being read. What it claims to be is not checked yet. Disposing ends the transfer.</summary>
public sealed class RingMedia : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;

    internal RingMedia(HttpResponseMessage response, Stream content) => (_response, Content) = (response, content);

    /// <summary>The bytes; fails with <see cref="RingMediaException"/> when they are too many, too slow or too few.</summary>
    public Stream Content { get; }

    /// <summary>Media type without parameters, in lower case; null when Ring named none.</summary>
    public string? ContentType => _response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant();

    /// <summary>How many bytes there will be, where Ring said so.</summary>
    public long? Length => _response.Content.Headers.ContentLength;

    /// <summary>Whether it covers less than was asked for: Ring's 206, which is no byte range (contract 9.1).</summary>
    public bool IsPartial => (int)_response.StatusCode == 206;

    /// <summary>When the picture was taken or the recording begins (UTC); null when Ring did not say.</summary>
    public DateTimeOffset? TakenAt => RingMediaHeaders.Time(_response, "X-Media-Timestamp");

    /// <summary>How long the recording is; told with 206 (contract 9.1).</summary>
    public TimeSpan? Duration => RingMediaHeaders.Duration(_response, "X-Media-Length") ?? RingMediaHeaders.Duration(_response, "X-Media-Duration");

    /// <summary>Where a picture comes from; <see cref="RingMediaOrigin.Unknown"/> when Ring did not say.</summary>
    public RingMediaOrigin Origin => RingMediaHeaders.Text(_response, "X-Media-Origin") switch
    {
        "recording" => RingMediaOrigin.Recording,
        "snapshot" => RingMediaOrigin.Snapshot,
        _ => RingMediaOrigin.Unknown,
    };

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        _response.Dispose();
    }
}

/// <summary>Where a picture comes from (contract 9.2).</summary>
public enum RingMediaOrigin
{
    /// <summary>Ring did not say, or said something else.</summary>
    Unknown,

    /// <summary>A frame of a video.</summary>
    Recording,

    /// <summary>A still that Ring stored.</summary>
    Snapshot,
}

/// <summary>What Ring sends broke off, stalled or is larger than allowed, after it had begun.</summary>
/// <param name="message">What happened; never an address.</param>
/// <param name="inner">The cause.</param>
public sealed class RingMediaException(string message, Exception? inner = null) : IOException(message, inner);
