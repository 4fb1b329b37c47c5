namespace RingPortal.Tests.Proofs.Rig;

/// <summary>
/// Time that passes on purpose: the pace of a sender, the moments of a nemesis, the delay of a wire. What a proof waits
/// for is waited for by condition.
/// </summary>
internal static class Moments
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(1);

    public static async Task PassAsync(TimeSpan span, CancellationToken cancellationToken = default)
    {
        using var timer = new PeriodicTimer(span < s_shortest ? s_shortest : span);
        await timer.WaitForNextTickAsync(cancellationToken);
    }
}
