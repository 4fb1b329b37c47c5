namespace RingPortal.Web.Hosting;

/// <summary>
/// Lets great work in the background go in small parts: it rests three times as long as it worked, so that it takes a
/// quarter of the machine at most and deliveries are acknowledged as fast as ever beside it.
/// </summary>
internal sealed class Breath(TimeProvider clock)
{
    private const int Share = 3;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);
    private long _worked = clock.GetTimestamp();

    /// <summary>Rests after a part, and begins the next.</summary>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        var rest = clock.GetElapsedTime(_worked) * Share;
        await Task.Delay(rest < s_longest ? rest : s_longest, clock, cancellationToken);
        _worked = clock.GetTimestamp();
    }
}
