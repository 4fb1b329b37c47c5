using System.Globalization;
using System.Text;

namespace RingPortal.Simulator.WebRtc;

/// <summary>Writes the answer: one address of this machine, everything bundled, we send only.</summary>
internal static class SdpAnswer
{
    public const uint VideoSource = 1001, AudioSource = 1002;

    public static string Write(SdpOffer offer, int port, IceCredentials ice, string fingerprint)
    {
        var answer = new StringBuilder();
        var sent = offer.Media.Where(media => media.Payload is not null).Select(media => media.Mid);
        Lines(answer, "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=ice-lite", $"a=group:BUNDLE {string.Join(' ', sent)}", "a=msid-semantic: WMS *");
        foreach (var media in offer.Media)
        {
            if (media.Payload is { } payload)
                Section(answer, media, payload, port, ice, fingerprint);
            else
                Lines(answer, "m=audio 0 UDP/TLS/RTP/SAVPF 0", "c=IN IP4 127.0.0.1", $"a=mid:{media.Mid}", "a=inactive");
        }

        return answer.ToString();
    }

    private static void Section(StringBuilder answer, SdpMedia media, int payload, int port, IceCredentials ice, string fingerprint)
    {
        var (kind, codec, source) = media.IsVideo ? ("video", "H264/90000", VideoSource) : ("audio", "opus/48000/2", AudioSource);
        Lines(
            answer,
            Text($"m={kind} {port} UDP/TLS/RTP/SAVPF {payload}"),
            "c=IN IP4 127.0.0.1",
            $"a=mid:{media.Mid}",
            $"a=ice-ufrag:{ice.User}",
            $"a=ice-pwd:{ice.Password}",
            $"a=fingerprint:sha-256 {fingerprint}",
            "a=setup:passive",
            "a=rtcp-mux",
            "a=sendonly",
            $"a=msid:ring {kind}",
            Text($"a=rtpmap:{payload} {codec}"));
        if (!string.IsNullOrEmpty(media.Format))
            Lines(answer, Text($"a=fmtp:{payload} {media.Format}"));

        Lines(answer, Text($"a=ssrc:{source} cname:ring"), Text($"a=candidate:1 1 udp 2130706431 127.0.0.1 {port} typ host"), "a=end-of-candidates");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Lines(StringBuilder answer, params string[] lines)
    {
        foreach (var line in lines)
            answer.Append(line).Append("\r\n");
    }
}
