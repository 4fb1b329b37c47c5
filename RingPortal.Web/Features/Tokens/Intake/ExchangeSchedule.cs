namespace RingPortal.Web.Features.Tokens.Intake;

/// <summary>When a code is sent again, and when it is given up (reliability 4.2).</summary>
internal static class ExchangeSchedule
{
    /// <summary>Ring's code lives 60 s; what is sent later than this cannot arrive in time.</summary>
    public static readonly TimeSpan End = TimeSpan.FromSeconds(55);

    /// <summary>A refusal this early may only mean that our 200 has not reached Ring yet.</summary>
    public static readonly TimeSpan EarlyRefusal = TimeSpan.FromSeconds(3);

    private static readonly double[] s_seconds = [0.5, 1, 2, 4, 8, 16, 32];

    /// <summary>Time until the next attempt, after the given number of attempts (at least one).</summary>
    public static TimeSpan After(int attempts) => TimeSpan.FromSeconds(s_seconds[Math.Min(attempts, s_seconds.Length) - 1]);
}
