namespace RingPortal.Simulator.Deliveries;

/// <summary>Ring's pauses before the second to the seventh attempt (contract 5.5).</summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1),
    ];

    /// <summary>The pause after so many attempts; <see langword="null"/> when that was the last.</summary>
    public static TimeSpan? After(int attempts, WebhookSettings settings) => settings.RetryMilliseconds is { } own
        ? attempts <= own.Count ? TimeSpan.FromMilliseconds(own[attempts - 1]) : null
        : attempts <= Pauses.Length ? Pauses[attempts - 1] * settings.ScheduleFactor : null;
}
