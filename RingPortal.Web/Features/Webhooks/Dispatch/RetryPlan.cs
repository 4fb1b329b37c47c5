namespace RingPortal.Web.Features.Webhooks.Dispatch;

/// <summary>When a delivery that could not be processed is tried again: 1 s, then longer and longer up to half an hour, eight tries in all.</summary>
internal static class RetryPlan
{
    /// <summary>After so many tries an operator has to decide.</summary>
    public const int MostAttempts = 8;

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(30);

    /// <summary>The pause after a try, with up to a fifth of jitter so that what failed together does not return together.</summary>
    /// <param name="attempts">Tries made so far, from 1.</param>
    /// <param name="jitter">Between 0 and 1.</param>
    public static TimeSpan PauseAfter(int attempts, double jitter)
    {
        var pause = TimeSpan.FromSeconds(Math.Pow(3, attempts - 1));
        return (pause < s_longest ? pause : s_longest) * (1 - (0.2 * jitter));
    }
}
