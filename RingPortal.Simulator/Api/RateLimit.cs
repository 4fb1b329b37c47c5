using System.Globalization;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Media;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Api;

/// <summary>Ring's law of requests a second for one client over all endpoints (contract 7.3), by a sliding second.</summary>
internal sealed class RateLimit(RequestDelegate next, RingCloudOptions options, TimeProvider time)
{
    private readonly Queue<long> lastSecond = new();
    private readonly Lock gate = new();

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata is { } marks && (marks.GetMetadata<OwnPage>() is not null || marks.GetMetadata<OnMediaOrigin>() is not null))
        {
            await next(context);
            return;
        }

        var remaining = Take();
        context.Response.Headers["X-RateLimit-Limit"] = options.RequestsPerSecond.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["X-RateLimit-Remaining"] = Math.Max(0, remaining).ToString(CultureInfo.InvariantCulture);
        if (remaining >= 0)
        {
            await next(context);
            return;
        }

        context.Response.Headers.RetryAfter = "1";
        await context.RefuseAsync(StatusCodes.Status429TooManyRequests, "Too Many Requests", "The rate limit of this client is reached.");
    }

    /// <summary>How many requests are left in this second; -1 when this one is too many.</summary>
    private int Take()
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            while (lastSecond.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) >= TimeSpan.FromSeconds(1))
                lastSecond.Dequeue();

            if (lastSecond.Count >= options.RequestsPerSecond)
                return -1;

            lastSecond.Enqueue(now);
            return options.RequestsPerSecond - lastSecond.Count;
        }
    }
}
