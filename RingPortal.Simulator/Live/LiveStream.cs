using System.Diagnostics;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Video;
using RingPortal.Simulator.WebRtc;

namespace RingPortal.Simulator.Live;

/// <summary>Plays what one camera sees into one media connection.</summary>
internal sealed partial class LiveStream : IDisposable
{
    private const int KeyEvery = 2 * Scene.FramesPerSecond, PacketsAtOnce = 64;
    private static readonly TimeSpan Frame = TimeSpan.FromSeconds(1.0 / Scene.FramesPerSecond);

    private readonly MediaPeer peer;
    private readonly RingDevice device;
    private readonly RingSettings settings;
    private readonly SimulatorClock clock;
    private readonly Func<bool> isOnline;
    private readonly Action tell;
    private readonly ILogger logger;
    private volatile int frames;

    public LiveStream(SdpOffer offer, DtlsIdentity identity, RingDevice device, RingSettings settings, SimulatorClock clock, Func<bool> isOnline, Action tell, ILogger logger)
    {
        peer = new MediaPeer(offer, identity);
        (this.device, this.settings, this.clock, this.isOnline, this.tell, this.logger) = (device, settings, clock, isOnline, tell, logger);
        _ = RunAsync();
    }

    public string Answer => peer.Answer;

    public int Frames => frames;

    public LivePlay Play { get; private set; } = LivePlay.Waiting;

    public void Dispose() => peer.Dispose();

    private async Task RunAsync()
    {
        try
        {
            await peer.RunAsync(SendAsync);
            Turn(LivePlay.Over);
        }
        catch (Exception wrong)
        {
            Turn(LivePlay.Failed);
            Log.Failed(logger, device.Id, wrong);
        }
    }

    private async Task SendAsync(MediaTracks tracks, CancellationToken stop)
    {
        await Task.Delay(settings.Live.FirstFrameDelay, stop);
        var scene = new Scene(device);
        var writer = new H264Writer();
        var start = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Frame);
        var keyIsDue = true;
        do
        {
            var passed = Stopwatch.GetElapsedTime(start);
            var number = (int)(passed / Frame);
            frames = number + 1;
            scene.Draw(number, clock.GetUtcNow());
            if (IsStill(passed))
            {
                Turn(LivePlay.Still);
                keyIsDue = true;
                continue;
            }

            tracks.DropPercent = settings.Live.DropPercent;
            tracks.SilenceUntil(passed);
            var key = keyIsDue || number % KeyEvery == 0;
            var nals = writer.Write(scene.Picture, key);
            if (settings.Live.Protected)
                nals = [.. nals.Select(Scrambled)];

            await SendAsync(tracks.Video, nals, (uint)(number * 90_000L / Scene.FramesPerSecond), stop);
            Turn(LivePlay.Playing);
            keyIsDue = false;
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    private void Turn(LivePlay to)
    {
        if (Play == to)
            return;

        Play = to;
        tell();
    }

    private bool IsStill(TimeSpan passed) => passed >= settings.Live.FreezeAfter || !peer.IsHeard || !isOnline();

    /// <summary>What a unit is stays readable, what it says does not.</summary>
    private static byte[] Scrambled(byte[] nal)
    {
        var unreadable = nal.ToArray();
        Random.Shared.NextBytes(unreadable.AsSpan(1));
        return unreadable;
    }

    /// <summary>A key frame goes out in gulps: a receiver's buffer is small.</summary>
    private static async Task SendAsync(RtpSource video, IReadOnlyList<byte[]> nals, uint timestamp, CancellationToken stop)
    {
        for (var index = 0; index < nals.Count; index++)
        {
            var sent = 0;
            foreach (var part in RtpSource.Parts(nals[index]))
            {
                video.SendPart(nals[index], part, timestamp, index == nals.Count - 1);
                if (++sent % PacketsAtOnce == 0)
                    await Task.Delay(1, stop);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "the live picture of {Device} could not be sent")]
        public static partial void Failed(ILogger logger, string device, Exception reason);
    }
}
