using System.Text.Json;
using RingPortal.Web.Ring.Wire;

namespace RingPortal.Web.Ring;

/// <summary>What came back of a call: a status and a body, or why there is neither.</summary>
/// <param name="Status">HTTP status; 0 without an answer.</param>
/// <param name="Body">Complete body.</param>
/// <param name="Failure">Null for 2xx.</param>
/// <param name="RequestId">Ring's <c>X-Request-ID</c>, to be named when asking Ring.</param>
internal sealed record RingReply(int Status, ReadOnlyMemory<byte> Body, RingFailure? Failure, string? RequestId)
{
    /// <summary>Where Ring says that what it made is.</summary>
    public string? Location { get; init; }

    public string? MediaType { get; init; }

    /// <summary>Nothing was answered.</summary>
    public static RingReply None(RingFailure failure) => new(0, ReadOnlyMemory<byte>.Empty, failure, null);

    /// <summary>Reads a successful JSON body; what cannot be read is a failure, never an exception.</summary>
    public RingResult<T> Read<T>(Func<JsonElement, T?> read)
        where T : class
    {
        if (Failure is not null)
        {
            return Failure;
        }

        using var document = ErrorDocument.Parse(Body);
        return document is not null && read(document.RootElement) is { } value
            ? RingResult.Success(value)
            : new RingFailure.Unreadable(Status);
    }

    /// <summary>For metrics: the status, or the kind of failure where there is none.</summary>
    public string Outcome => Status > 0 ? Status.ToString(System.Globalization.CultureInfo.InvariantCulture) : Failure switch
    {
        RingFailure.RateLimited => "limited",
        RingFailure.OutcomeUnknown => "unknown",
        _ => "unreachable",
    };
}
