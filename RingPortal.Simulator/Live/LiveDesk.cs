using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.State;
using RingPortal.Simulator.WebRtc;

namespace RingPortal.Simulator.Live;

/// <summary>Opens live sessions for offers.</summary>
internal sealed class LiveDesk(LiveSessions sessions, RingStore store, RingSettings settings, SimulatorClock clock, ILogger<LiveStream> logger)
{
    private readonly DtlsIdentity identity = new();

    /// <summary>The session and its answer in SDP.</summary>
    public (LiveSession Session, string Answer) Open(string accountKey, RingDevice device, Uri cloud, SdpOffer offer)
    {
        if (settings.Live.WithoutMedia)
            return (sessions.Open(accountKey, device.Id, cloud), SdpAnswer.Write(offer, 9, IceCredentials.New(), identity.Fingerprint));

        LiveStream? stream = null;
        var session = sessions.Open(accountKey, device.Id, cloud, (now, _) => stream = new LiveStream(
            offer, identity, now, settings, clock, () => sessions.Find(accountKey, device.Id) is { Online: true }, store.Touch, logger));
        return (session, stream!.Answer);
    }

    /// <summary>The <c>Location</c> header, <see langword="null"/> when there shall be none.</summary>
    public string? Location(LiveSession session, Uri cloud) => settings.Live switch
    {
        { RawLocation: { } raw } => raw.Length == 0 ? null : raw
            .Replace("{device}", session.DeviceId, StringComparison.Ordinal)
            .Replace("{session}", session.Id, StringComparison.Ordinal)
            .Replace("{cloud}", cloud.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal),
        { RelativeLocation: true } => session.Location.AbsolutePath,
        _ => session.Location.AbsoluteUri,
    };
}
