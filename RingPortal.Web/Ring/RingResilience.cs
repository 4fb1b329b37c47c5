using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace RingPortal.Web.Ring;

/// <summary>Retries and circuit breakers, one breaker for each host of Ring and all its callers in this instance.</summary>
internal sealed class RingResilience(RingTimings timings)
{
    private const int Retries = 2;
    private const int FewestCalls = 10;
    private const double FailureShare = 0.5;

    private readonly Pipelines _api = new(timings);
    private readonly Pipelines _oauth = new(timings);

    /// <summary>Runs the attempts of a call.</summary>
    public async Task<RingReply> RunAsync(RingCall call, Func<CancellationToken, ValueTask<RingReply>> attempt, CancellationToken cancellationToken)
    {
        var pipelines = call.Upstream is RingUpstream.OAuth ? _oauth : _api;
        try
        {
            return await (call.IsRepeatable ? pipelines.Retrying : pipelines.Once).ExecuteAsync(attempt, cancellationToken);
        }
        catch (BrokenCircuitException)
        {
            return RingReply.None(new RingFailure.Unavailable(null));
        }
    }

    private static bool IsDown(RingReply? reply) => reply?.Failure is RingFailure.Unavailable or RingFailure.OutcomeUnknown;

    /// <summary>Ring's own 429 is worth a second try: the shared budget makes it wait. Our own refusal to wait is not.</summary>
    private static bool IsWorthRepeating(RingReply? reply) => IsDown(reply) || reply is { Status: 429 };

    private sealed class Pipelines
    {
        public Pipelines(RingTimings timings)
        {
            Once = new ResiliencePipelineBuilder<RingReply>().AddCircuitBreaker(new CircuitBreakerStrategyOptions<RingReply>
            {
                FailureRatio = FailureShare,
                MinimumThroughput = FewestCalls,
                SamplingDuration = timings.BreakerWindow,
                BreakDuration = timings.BreakerPause,
                ShouldHandle = arguments => ValueTask.FromResult(IsDown(arguments.Outcome.Result)),
            }).Build();
            Retrying = new ResiliencePipelineBuilder<RingReply>().AddRetry(new RetryStrategyOptions<RingReply>
            {
                MaxRetryAttempts = Retries,
                Delay = timings.FirstRetry,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(IsWorthRepeating(arguments.Outcome.Result)),
            }).AddPipeline(Once).Build();
        }

        public ResiliencePipeline<RingReply> Once { get; }

        public ResiliencePipeline<RingReply> Retrying { get; }
    }
}
