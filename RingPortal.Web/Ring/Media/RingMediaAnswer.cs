using System.Net.Http.Headers;

namespace RingPortal.Web.Ring.Media;

/// <summary>What one request came to: an answer whose body is still to come (also a redirect), or a failure.</summary>
internal sealed record RingMediaAnswer(int Status, HttpResponseMessage? Response, RingFailure? Failure)
{
    private const int LongestError = 16 * 1024;

    /// <summary>Nothing was answered.</summary>
    public static RingMediaAnswer None(RingFailure failure) => new(0, null, failure);

    /// <summary>The request of a hop. Access goes to Ring's API alone; the body goes where the method does.</summary>
    public static HttpRequestMessage Ask(RingCall call, RingMediaHop hop)
    {
        var message = new HttpRequestMessage(hop.Method, hop.Address);
        if (hop.Method == call.Method)
        {
            message.Content = call.Content?.Invoke();
        }

        if (hop.IsHome)
        {
            message.Headers.UserAgent.Add(RingRegistration.Product);
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", call.AccessToken);
        }

        return message;
    }

    /// <summary>Keeps what has content or leads on, reads of everything else what it says.</summary>
    public static async Task<RingMediaAnswer> ReadAsync(HttpResponseMessage response, bool isHome, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status is 200 or 206 or (>= 300 and <= 399))
        {
            return new(status, response, null);
        }

        using (response)
        {
            var body = status >= 400 ? await BeginningAsync(response, cancellationToken) : ReadOnlyMemory<byte>.Empty;
            var failure = RingStatus.Failure(status, body, RingStatus.RetryAfter(response.Headers.RetryAfter, now)) ?? new RingFailure.Unreadable(status);
            // Access was not shown there, so nothing is said about it.
            return new(status, null, !isHome && failure is RingFailure.Unauthorized ? new RingFailure.Unreadable(status) : failure);
        }
    }

    /// <summary>For the circuit breaker and for metrics.</summary>
    public RingReply ToReply() => new(Status, ReadOnlyMemory<byte>.Empty, Failure, RequestId: null);

    private static async Task<ReadOnlyMemory<byte>> BeginningAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestError];
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        return buffer.AsMemory(0, await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken));
    }
}
