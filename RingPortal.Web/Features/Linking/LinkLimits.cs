using System.Threading.RateLimiting;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Linking;

/// <summary>Slows floods of link pages, per instance: 300 arrivals a minute per address (mobile networks share one), 5 consents a minute per person.</summary>
internal sealed class LinkLimits : IDisposable
{
    private readonly PartitionedRateLimiter<string> _arrival = PerMinute(300);
    private readonly PartitionedRateLimiter<string> _consent = PerMinute(5);

    /// <summary>How long to wait, or null when the call may go on.</summary>
    public TimeSpan? Arrival(HttpContext http) => Take(_arrival, ClientAddress.Of(http));

    /// <inheritdoc cref="Arrival" />
    public TimeSpan? Consent(Guid userId) => Take(_consent, userId.ToString());

    public void Dispose()
    {
        _arrival.Dispose();
        _consent.Dispose();
    }

    private static TimeSpan? Take(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1);
    }

    private static PartitionedRateLimiter<string> PerMinute(int permits) =>
        PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetFixedWindowLimiter(
            key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));
}
