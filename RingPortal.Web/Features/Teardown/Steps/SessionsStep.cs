using RingPortal.Data;
using RingPortal.Data.Teardown;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.LiveView;

namespace RingPortal.Web.Features.Teardown.Steps;

/// <summary>
/// Ends live views: the browser is told, then Ring (contract 5.7.4). A connection's tokens are erased, so Ring is not asked
/// there. What Ring does not take after a few tries is left to the sweep of live views: a removal must not wait for Ring.
/// </summary>
internal sealed class SessionsStep(RingPortalContext context, LiveSessions sessions, LiveSessionEnder ender, FeedOutlet feed) : ITeardownStep
{
    private static readonly TimeSpan[] s_pauses = [TimeSpan.FromSeconds(1.2), TimeSpan.FromSeconds(2.2), TimeSpan.Zero];

    public string Name => "sessions";

    public async Task<Func<CancellationToken, Task<StepResult>>> PrepareAsync(TeardownWork work, Func<CancellationToken, Task> keepAsync, CancellationToken cancellationToken)
    {
        if (work.DeviceId is not { } deviceId)
        {
            return token => EndHereAsync(work, token);
        }

        await sessions.EndForDeviceAsync(context, deviceId, "removed", cancellationToken);
        var ended = await TellRingAsync(work, deviceId, keepAsync, cancellationToken);
        var text = ended.Open == 0 ? $"{ended.Closed} ended" : $"{ended.Closed} ended, {ended.Open} left to the sweep";
        return _ => Task.FromResult(new StepResult(text));
    }

    private async Task<EndedSessions> TellRingAsync(TeardownWork work, Guid deviceId, Func<CancellationToken, Task> keepAsync, CancellationToken cancellationToken)
    {
        var ended = new EndedSessions(0, 0);
        foreach (var pause in s_pauses)
        {
            await keepAsync(cancellationToken);
            ended = await ender.EndForDeviceAsync(deviceId, cancellationToken);
            Tell(work, ended.Closed + ended.Open);
            if (ended.Open == 0)
            {
                break;
            }

            await Task.Delay(pause, cancellationToken);
        }

        return ended;
    }

    private async Task<StepResult> EndHereAsync(TeardownWork work, CancellationToken cancellationToken)
    {
        var ended = await sessions.EndForLinkAsync(context, work.RingTokenId, "removed", cancellationToken);
        return new StepResult("ended with the connection", () => Tell(work, ended));
    }

    private void Tell(TeardownWork work, int count)
    {
        if (count > 0 && work.UserId is { } userId)
        {
            feed.Publish(new FeedChange(userId, FeedKind.Live, work.DeviceId));
        }
    }
}
