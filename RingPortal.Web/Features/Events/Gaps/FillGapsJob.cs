using Hangfire;

namespace RingPortal.Web.Features.Events.Gaps;

/// <summary>Each minute: fills gaps that are due from Ring's history. Safe to run anywhere, several at once.</summary>
[AutomaticRetry(Attempts = 0)]
public sealed class FillGapsJob(IServiceProvider services, TimeProvider clock)
{
    /// <summary>The next run goes on.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(45);

    /// <summary>Goes on as long as it may and something is due.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (filler, end) = (services.GetRequiredService<GapFiller>(), clock.GetUtcNow() + s_longest);
        while (clock.GetUtcNow() < end && await filler.TakeAsync(cancellationToken) is { } gap)
        {
            await filler.FillAsync(gap, cancellationToken);
        }
    }
}
