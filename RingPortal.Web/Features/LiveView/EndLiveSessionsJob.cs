using Hangfire;

namespace RingPortal.Web.Features.LiveView;

/// <summary>Tells Ring of live views whose end was decided; safe to run any number of times, anywhere.</summary>
[AutomaticRetry(Attempts = 3)]
internal sealed class EndLiveSessionsJob(LiveSweep sweep, LiveSessionEnder ender)
{
    /// <summary>Ends what is to end of one camera; what Ring does not take is left to the sweep.</summary>
    public Task RunAsync(Guid deviceId, CancellationToken cancellationToken) => ender.EndForDeviceAsync(deviceId, cancellationToken);

    /// <summary>Ends what was forgotten: by a lost wake-up, a page that vanished, an instance that died.</summary>
    public Task SweepAsync(CancellationToken cancellationToken) => sweep.RunAsync(cancellationToken);
}
