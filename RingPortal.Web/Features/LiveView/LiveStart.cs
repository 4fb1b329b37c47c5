using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.LiveView;

/// <summary>
/// Opens a live view: takes the place, asks Ring once, keeps what is needed to end it. From the question on nothing is broken
/// off, whoever goes: what Ring may have opened is ended by us.
/// </summary>
internal sealed partial class LiveStart(
    DeviceQueries devices, LivePlaces places, LiveRecords records, LiveSessionEnder ender, LinkAccess access, RingClient ring, TimeProvider clock, ILogger<LiveStart> logger)
{
    /// <summary>One at the same camera and one of two others.</summary>
    private const int MostEndings = 4;

    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_offline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_away = TimeSpan.FromSeconds(15);

    public async Task<LiveAnswer> StartAsync(LiveAsk ask, CancellationToken browser)
    {
        switch (await devices.CameraAsync(ask.UserId, ask.DeviceId, browser))
        {
            case null:
                return new LiveAnswer.NotThere();
            case { NeedsPlan: true }:
                return new LiveAnswer.Trouble(LiveTrouble.Plan);
            case { News.NeedsPerson: true }:
                return new LiveAnswer.Trouble(LiveTrouble.Relink);
            case { Status.Online: false }:
                return new LiveAnswer.Trouble(LiveTrouble.Offline, s_offline);
        }

        for (var endings = 0; ; endings++)
        {
            switch (await places.TakeAsync(ask, browser))
            {
                case LivePlace.Taken taken:
                    return await AskRingAsync(taken, ask, browser);
                case LivePlace.None none:
                    return none.Answer;
                case LivePlace.Ending when endings == MostEndings:
                    return new LiveAnswer.Busy(Own: true);
                case LivePlace.Ending ending:
                    if (await ender.EndForDeviceAsync(ending.DeviceId, CancellationToken.None) is { Open: > 0 })
                    {
                        // Somebody else tells Ring of it just now, or Ring is to be told again.
                        await Task.Delay(s_turn, clock, browser);
                    }

                    break;
            }
        }
    }

    private async Task<LiveAnswer> AskRingAsync(LivePlace.Taken place, LiveAsk ask, CancellationToken browser)
    {
        RingResult<RingLiveView> asked;
        try
        {
            asked = await access.CallAsync(
                place.Device.RingTokenId, (token, ct) => ring.StartLiveViewAsync(token, place.Device.RingDeviceId, ask.Offer, ct), CancellationToken.None);
        }
        catch
        {
            await records.FailedAsync(place.Session.Id, CancellationToken.None);
            throw;
        }

        if (!asked.TryGetValue(out var view, out var failure))
        {
            await records.FailedAsync(place.Session.Id, CancellationToken.None);
            Log.NotOpened(logger, place.Device.Id, failure.GetType().Name);
            return await TroubleAsync(place, failure);
        }

        return await KeepAsync(place, view, browser);
    }

    private async Task<LiveAnswer> KeepAsync(LivePlace.Taken place, RingLiveView view, CancellationToken browser)
    {
        var why = view.Answer is null ? LiveEnd.Failed : browser.IsCancellationRequested ? LiveEnd.Left : null;
        bool runs;
        try
        {
            runs = await records.OpenedAsync(place, view.Path, why, CancellationToken.None);
        }
        catch
        {
            // Nobody else will ever know of it.
            await EndUnrecordedAsync(place, view);
            throw;
        }

        if (!runs)
        {
            await ender.EndForDeviceAsync(place.Device.Id, CancellationToken.None);
            return new LiveAnswer.Trouble(view.Answer is null ? LiveTrouble.BadAnswer : LiveTrouble.Ended);
        }

        Log.Opened(logger, place.Session.Id, place.Device.Id);
        var learnt = place.Device.LiveLimitSeconds;
        return new LiveAnswer.Started(place.Session.Id, view.Answer!.Value, learnt ?? LiveRecords.Shortest, learnt is not null);
    }

    private async Task EndUnrecordedAsync(LivePlace.Taken place, RingLiveView view)
    {
        if (view.Path is { } path)
        {
            await access.CallAsync(place.Device.RingTokenId, (token, ct) => ring.EndLiveSessionAsync(token, path, ct), CancellationToken.None);
        }
    }

    private async Task<LiveAnswer> TroubleAsync(LivePlace.Taken place, RingFailure failure)
    {
        switch (failure)
        {
            case RingFailure.NotFound:
                // A suspicion, no removal: Ring is asked again in full.
                await records.SuspectAsync(place.Device, CancellationToken.None);
                return new LiveAnswer.NotThere();
            case RingFailure.DeviceOffline:
                return new LiveAnswer.Trouble(LiveTrouble.Offline, s_offline);
            case RingFailure.RateLimited limited:
                return new LiveAnswer.Trouble(LiveTrouble.RingAway, limited.RetryAfter);
            case RingFailure.Unavailable { Status: null }:
                return new LiveAnswer.Trouble(LiveTrouble.RingAway, s_away);
            default:
                return new LiveAnswer.Trouble(failure switch
                {
                    RingFailure.Unauthorized => LiveTrouble.Relink,
                    RingFailure.Forbidden => LiveTrouble.Scope,
                    RingFailure.OutcomeUnknown => LiveTrouble.RingSilent,
                    _ => LiveTrouble.BadAnswer,
                });
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Live view {LiveSessionId} of camera {DeviceId} began")]
        public static partial void Opened(ILogger logger, Guid liveSessionId, Guid deviceId);

        [LoggerMessage(2, LogLevel.Information, "A live view of camera {DeviceId} did not begin: {Reason}")]
        public static partial void NotOpened(ILogger logger, Guid deviceId, string reason);
    }
}
