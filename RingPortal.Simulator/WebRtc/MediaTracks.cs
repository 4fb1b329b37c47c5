namespace RingPortal.Simulator.WebRtc;

/// <summary>What can be sent once the keys are known: video, and silence where sound was offered.</summary>
internal sealed class MediaTracks : IDisposable
{
    private static readonly byte[] Silence = [0xF8, 0xFF, 0xFE];
    private readonly SrtpSender videoKeys;
    private readonly SrtpSender audioKeys;
    private readonly RtpSource? audio;
    private uint audioTime;

    public MediaTracks(SdpOffer offer, byte[] keys, MediaSocket socket)
    {
        // The server's key and salt stand behind the client's (RFC 5764).
        videoKeys = new(keys[16..32], keys[46..60]);
        audioKeys = new(keys[16..32], keys[46..60]);
        Video = new(SdpAnswer.VideoSource, offer.Media.First(media => media.IsVideo).Payload!.Value, videoKeys, packet => Pass(packet, socket));
        if (offer.Media.FirstOrDefault(media => !media.IsVideo) is { Payload: { } payload })
            audio = new(SdpAnswer.AudioSource, payload, audioKeys, packet => Pass(packet, socket));
    }

    public RtpSource Video { get; }

    /// <summary>Of a hundred packets so many are lost on the way.</summary>
    public int DropPercent { get; set; }

    /// <summary>Sends silence up to a moment since the start: a packet each 400 ms, as Opus does when there is nothing to hear.</summary>
    public void SilenceUntil(TimeSpan moment)
    {
        for (; audio is not null && audioTime < moment.TotalSeconds * 48_000; audioTime += 19_200)
            audio.Send(Silence, audioTime, endsFrame: false);
    }

    public void Dispose()
    {
        videoKeys.Dispose();
        audioKeys.Dispose();
    }

    private void Pass(ReadOnlySpan<byte> packet, MediaSocket socket)
    {
        if (DropPercent == 0 || Random.Shared.Next(100) >= DropPercent)
            socket.Send(packet);
    }
}
