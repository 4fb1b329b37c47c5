namespace RingPortal.Tests.Simulator;

/// <summary>Offers as a browser writes them, shortened to what counts.</summary>
internal static class Offers
{
    public const string Type = "application/sdp";

    /// <summary>Receives video and sound; nobody stands behind it.</summary>
    public static string Good { get; } = Of(Video, Audio);

    public const string Video = """
        m=video 9 UDP/TLS/RTP/SAVPF 96 102 106
        c=IN IP4 0.0.0.0
        a=ice-ufrag:Qx2b
        a=ice-pwd:0yN4gkMDCXbQz5fPjLr9dZkq
        a=fingerprint:sha-256 5A:11:0C:9E:54:77:A0:3E:9B:CB:0B:58:E3:0B:2B:3C:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:1F
        a=setup:actpass
        a=mid:0
        a=recvonly
        a=rtcp-mux
        a=rtpmap:96 VP8/90000
        a=rtpmap:102 H264/90000
        a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f
        a=rtpmap:106 H264/90000
        a=fmtp:106 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f

        """;

    public const string Audio = """
        m=audio 9 UDP/TLS/RTP/SAVPF 111 0
        c=IN IP4 0.0.0.0
        a=ice-ufrag:Qx2b
        a=ice-pwd:0yN4gkMDCXbQz5fPjLr9dZkq
        a=fingerprint:sha-256 5A:11:0C:9E:54:77:A0:3E:9B:CB:0B:58:E3:0B:2B:3C:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:1F
        a=setup:actpass
        a=mid:1
        a=recvonly
        a=rtcp-mux
        a=rtpmap:111 opus/48000/2
        a=rtpmap:0 PCMU/8000

        """;

    public static string Of(params string[] media) =>
        string.Concat(["v=0\no=- 4611731400430051336 2 IN IP4 127.0.0.1\ns=-\nt=0 0\na=group:BUNDLE 0 1\n", .. media]).ReplaceLineEndings("\r\n");
}
