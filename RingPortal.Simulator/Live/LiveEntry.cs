using RingPortal.Simulator.Accounts;

namespace RingPortal.Simulator.Live;

/// <summary>A session as the list keeps it, open or over. Only <see cref="LiveSessions"/> changes it, under its lock.</summary>
internal sealed class LiveEntry(LiveSession session, RingDevice device, int openOnDevice, TimeSpan? endAfter)
{
    private LivePlay lastPlay;
    private int lastFrames;

    public LiveSession Session { get; } = session;

    /// <summary>The device as it was at the beginning.</summary>
    public RingDevice Device { get; } = device;

    public DateTimeOffset? EndsEarlyAt { get; } = session.OpenedAt + endAfter;

    public DateTimeOffset? ClosedAt { get; private set; }

    public LiveEnd? ClosedBy { get; private set; }

    public int Deletes { get; set; }

    public LiveStream? Stream { get; set; }

    public void Close(LiveEnd by, DateTimeOffset at)
    {
        (ClosedBy, ClosedAt) = (by, at);
        if (Stream is null)
            return;

        Stream.Dispose();
        (lastPlay, lastFrames) = (Stream.Play == LivePlay.Failed ? LivePlay.Failed : LivePlay.Over, Stream.Frames);
        Stream = null;
    }

    public LiveSessionRecord ToRecord() => new(
        Session.Id,
        Session.AccountKey,
        Session.DeviceId,
        Session.OpenedAt,
        Session.EndsAt,
        openOnDevice,
        ClosedAt,
        ClosedBy,
        Deletes,
        Stream?.Play ?? lastPlay,
        Stream?.Frames ?? lastFrames);
}
