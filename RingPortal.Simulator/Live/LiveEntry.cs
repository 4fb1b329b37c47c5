using RingPortal.Simulator.History;

namespace RingPortal.Simulator.Live;

/// <summary>A session as the list keeps it, open or over. Only <see cref="LiveSessions"/> changes it, under its lock.</summary>
internal sealed class LiveEntry(LiveSession session, HistoryEntry happening, int openOnDevice, TimeSpan? endAfter)
{
    private LivePlay lastPlay;
    private int lastFrames;

    public LiveSession Session { get; } = session;

    /// <summary>The session in the event history.</summary>
    public HistoryEntry Happening { get; } = happening;

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
