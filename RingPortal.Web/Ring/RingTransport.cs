using System.Diagnostics;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Ring;

/// <summary>
/// The one way out to Ring: shared budget, time limit, retries, breaker, metrics. Turns everything that can be
/// expected of a network into a <see cref="RingFailure"/>.
/// </summary>
internal sealed partial class RingTransport(
    HttpClient http,
    RingRateLimiter limiter,
    RingResilience resilience,
    RingTimings timings,
    PortalMetrics metrics,
    TimeProvider clock,
    ILogger<RingTransport> logger)
{
    public async Task<RingReply> SendAsync(RingCall call, CancellationToken cancellationToken)
    {
        using var activity = PortalActivity.Source.StartActivity($"ring.{call.Operation}", ActivityKind.Client);
        var reply = await resilience.RunAsync(call, token => AttemptAsync(call, token), cancellationToken);
        activity?.SetTag("ring.status", reply.Outcome).SetTag("ring.request_id", reply.RequestId);
        // A call without effects has no outcome that could be unknown.
        return call.IsRepeatable && reply.Failure is RingFailure.OutcomeUnknown
            ? reply with { Failure = new RingFailure.Unavailable(null) }
            : reply;
    }

    private async ValueTask<RingReply> AttemptAsync(RingCall call, CancellationToken cancellationToken)
    {
        var reply = await limiter.EnterAsync(call.Priority, cancellationToken) is { } limited
            ? RingReply.None(limited)
            : await ExchangeAsync(call, cancellationToken);
        metrics.RingRequest(call.Operation, reply.Outcome);
        if (reply is { Status: 429, Failure: RingFailure.RateLimited paused })
        {
            await limiter.PauseAsync(paused.RetryAfter, cancellationToken);
        }

        Log.Answered(logger, call.Operation, reply.Outcome, reply.RequestId);
        return reply;
    }

    private async Task<RingReply> ExchangeAsync(RingCall call, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timings.Attempt);
        // What Ring made is named before the body: it is known even when the body never comes.
        string? location = null;
        try
        {
            using var message = call.ToMessage();
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            location = Location(response);
            await response.Content.LoadIntoBufferAsync(call.LargestAnswer, limit.Token);
            var status = (int)response.StatusCode;
            var body = await response.Content.ReadAsByteArrayAsync(limit.Token);
            var retryAfter = RingStatus.RetryAfter(response.Headers.RetryAfter, clock.GetUtcNow());
            return new(status, body, call.Failure(status) ?? RingStatus.Failure(status, body, retryAfter), RequestId(response))
            {
                Location = location,
                MediaType = response.Content.Headers.ContentType?.MediaType,
            };
        }
        catch (HttpRequestException exception)
        {
            Log.Broken(logger, call.Operation, exception.HttpRequestError);
            return RingReply.None(Failure(exception)) with { Location = location };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return RingReply.None(new RingFailure.OutcomeUnknown()) with { Location = location };
        }
    }

    /// <summary>Only what failed before a connection stood is certain to have had no effect.</summary>
    private static RingFailure Failure(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError => new RingFailure.Unavailable(null),
        HttpRequestError.ConfigurationLimitExceeded => new RingFailure.Unreadable(0),
        _ => new RingFailure.OutcomeUnknown(),
    };

    /// <summary>As it was sent; several say nothing.</summary>
    private static string? Location(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Location", out var values) && values.Count == 1 ? values.ToString() : null;

    /// <summary>Only what cannot forge a log line.</summary>
    private static string? RequestId(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Request-ID", out var values)
            && values.First() is { Length: > 0 and <= 100 } id
            && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or ':')
            ? id
            : null;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Ring was asked {Operation}: {Outcome} (request id {RequestId})")]
        public static partial void Answered(ILogger logger, string operation, string outcome, string? requestId);

        [LoggerMessage(2, LogLevel.Warning, "Ring could not be asked {Operation}: {Error}")]
        public static partial void Broken(ILogger logger, string operation, HttpRequestError error);
    }
}
