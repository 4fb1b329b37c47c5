using System.Diagnostics;
using Microsoft.Extensions.Options;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Ring.Media;

/// <summary>
/// Fetches pictures and recordings: asks Ring's API within its budget, follows its redirects by hand (contract 9.3) and hands
/// the bytes over as they come. A signed address is used at once and never kept, logged or handed out.
/// </summary>
internal sealed partial class RingMediaTransport(
    RingMediaHttp http,
    RingRateLimiter limiter,
    RingResilience resilience,
    RingTimings timings,
    PortalMetrics metrics,
    IOptionsMonitor<RingOptions> options,
    TimeProvider clock,
    ILogger<RingMediaTransport> logger)
{
    /// <summary>Asks, and follows up to three redirects.</summary>
    /// <param name="call">The request to Ring's API.</param>
    /// <param name="most">How many bytes may come.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<RingResult<RingMedia>> OpenAsync(RingCall call, long most, CancellationToken cancellationToken)
    {
        using var activity = PortalActivity.Source.StartActivity($"ring.{call.Operation}", ActivityKind.Client);
        var hosts = new RingMediaHosts(options.CurrentValue);
        var hop = new RingMediaHop(call.Method, call.Address, IsHome: true);
        for (var hops = 0; ; hops++)
        {
            var answer = await AskAsync(call, hop, cancellationToken);
            if (answer.Response is not { } response)
            {
                return answer.Failure!;
            }

            if (answer.Status is 200 or 206)
            {
                return await TakeAsync(response, most, cancellationToken);
            }

            var locations = Locations(response);
            response.Dispose();
            var next = hops < RingMediaRoute.MostHops ? RingMediaRoute.Next(hosts, hop, answer.Status, locations) : null;
            if (next is null)
            {
                Log.Refused(logger, call.Operation, answer.Status, RingMediaRoute.HostOf(hop, locations), hops);
                return new RingFailure.Unreadable(answer.Status);
            }

            hop = next;
        }
    }

    private async Task<RingMediaAnswer> AskAsync(RingCall call, RingMediaHop hop, CancellationToken cancellationToken)
    {
        if (!hop.IsHome)
        {
            return await ExchangeAsync(call, hop, cancellationToken);
        }

        var answer = RingMediaAnswer.None(new RingFailure.Unavailable(null));
        var reply = await resilience.RunAsync(call, async token => (answer = await EnterAsync(call, hop, token)).ToReply(), cancellationToken);
        return reply.Status == answer.Status ? answer : RingMediaAnswer.None(reply.Failure!);
    }

    private async Task<RingMediaAnswer> EnterAsync(RingCall call, RingMediaHop hop, CancellationToken cancellationToken)
    {
        if (await limiter.EnterAsync(call.Priority, cancellationToken) is { } limited)
        {
            return RingMediaAnswer.None(limited);
        }

        var answer = await ExchangeAsync(call, hop, cancellationToken);
        if (answer is { Status: 429, Failure: RingFailure.RateLimited paused })
        {
            await limiter.PauseAsync(paused.RetryAfter, cancellationToken);
        }

        return answer;
    }

    private async Task<RingMediaAnswer> ExchangeAsync(RingCall call, RingMediaHop hop, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timings.Attempt);
        RingMediaAnswer answer;
        try
        {
            using var message = RingMediaAnswer.Ask(call, hop);
            var response = await http.SendAsync(message, hop.IsHome, limit.Token);
            answer = await RingMediaAnswer.ReadAsync(response, hop.IsHome, clock.GetUtcNow(), limit.Token);
        }
        catch (HttpRequestException exception)
        {
            answer = RingMediaAnswer.None(exception.InnerException is RingMediaAddressException ? new RingFailure.Unreadable(0) : new RingFailure.Unavailable(null));
            Log.Broken(logger, call.Operation, hop.Address.IdnHost, exception.InnerException is RingMediaAddressException ? "its name leads to no public address" : $"{exception.HttpRequestError}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            answer = RingMediaAnswer.None(new RingFailure.OutcomeUnknown());
        }

        var operation = hop.IsHome ? call.Operation : $"{call.Operation}.away";
        metrics.RingRequest(operation, answer.ToReply().Outcome);
        Log.Answered(logger, operation, answer.ToReply().Outcome);
        return answer;
    }

    private async Task<RingResult<RingMedia>> TakeAsync(HttpResponseMessage response, long most, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > most)
        {
            response.Dispose();
            return new RingFailure.Unreadable((int)response.StatusCode);
        }

        return RingResult.Success(new RingMedia(response, new RingMediaStream(await response.Content.ReadAsStreamAsync(cancellationToken), most, timings.Attempt)));
    }

    private static IReadOnlyList<string> Locations(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Location", out var values) ? [.. values] : [];

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Ring was asked {Operation}: {Outcome}")]
        public static partial void Answered(ILogger logger, string operation, string outcome);

        [LoggerMessage(2, LogLevel.Warning, "{Operation} could not be asked at {Host}: {Reason}")]
        public static partial void Broken(ILogger logger, string operation, string host, string reason);

        [LoggerMessage(3, LogLevel.Warning, "{Operation} was redirected ({Status}) to {Host} after {Hops} others, which is not followed; hosts of Ring belong in Ring__MediaHosts")]
        public static partial void Refused(ILogger logger, string operation, int status, string host, int hops);
    }
}
