using System.Text;
using RingPortal.Tests.Simulator;
using RingPortal.Web.Features.LiveView;

namespace RingPortal.Tests.LiveView;

public sealed class SdpOfferTests
{
    private const int Runs = 20_000;

    private static readonly string[] s_pieces =
        ["\r\n", "\n", "\0", "a=recvonly\r\n", "a=sendrecv\r\n", "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n", "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n", "m=", "=", "a=", "v=0\r\n", "ß\u202E", "99999999999999999999", new string('x', 300)];

    public static TheoryData<string> Wrong { get; } =
    [
        "", "hello", "v=0", "v=1\r\no=- 1 2 IN IP4 127.0.0.1\r\n", "v=0\r\ns=-\r\n", Offers.Of(), Offers.Of(Offers.Audio),
        Offers.Good.Replace("recvonly", "sendrecv", StringComparison.Ordinal),
        Offers.Good.Replace("recvonly", "sendonly", StringComparison.Ordinal),
        Offers.Good.Replace("recvonly", "inactive", StringComparison.Ordinal),
        Offers.Good.Replace("a=recvonly\r\n", "", StringComparison.Ordinal),
        Offers.Of(Offers.Video, Offers.Audio.Replace("recvonly", "sendrecv", StringComparison.Ordinal)),
        Offers.Good + "a=sendrecv\r\n",
        Offers.Good.Replace("H264", "VP8", StringComparison.Ordinal),
        Offers.Good.Replace("m=audio", "m=application", StringComparison.Ordinal),
        Offers.Good.Replace("UDP/TLS/RTP/SAVPF", "RTP/AVP", StringComparison.Ordinal),
        Offers.Good.Replace("a=rtcp-mux\r\n", "", StringComparison.Ordinal),
        Offers.Good.Replace("a=fingerprint", "a=x", StringComparison.Ordinal),
        Offers.Good.Replace("a=ice-pwd", "a=x", StringComparison.Ordinal),
        Offers.Good.Replace("o=-", "x=-", StringComparison.Ordinal),
        Offers.Good.Replace("m=video 9", "m=video 0", StringComparison.Ordinal),
        Offers.Good.Replace("a=setup", "a=set\0up", StringComparison.Ordinal),
        Offers.Good + "\r\n\r\n",
        string.Concat(Enumerable.Repeat(Offers.Good, 9)),
    ];

    [Fact]
    public void What_Browsers_Offer_Is_Taken()
    {
        Assert.Null(SdpOffer.Problem(Encoding.UTF8.GetBytes(Offers.Good)));
        Assert.Null(SdpOffer.Problem(Encoding.UTF8.GetBytes(Offers.Of(Offers.Video))));
        Assert.Null(SdpOffer.Problem(Encoding.UTF8.GetBytes(Offers.Good.ReplaceLineEndings("\n"))));
        // Firefox says its direction, fingerprint and more once for all, and another one for each part.
        Assert.Null(SdpOffer.Problem(Encoding.UTF8.GetBytes(Offers.Good.Replace("t=0 0\r\n", "t=0 0\r\na=sendrecv\r\n", StringComparison.Ordinal))));
        Assert.Null(SdpOffer.Problem(Encoding.UTF8.GetBytes(Offers.Good.Replace("a=recvonly\r\n", "", StringComparison.Ordinal).Replace("t=0 0\r\n", "t=0 0\r\na=recvonly\r\n", StringComparison.Ordinal))));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_Ring_Would_Not_Take_Is_Refused(string offer) => Assert.NotNull(SdpOffer.Problem(Encoding.UTF8.GetBytes(offer)));

    [Fact]
    public void Bytes_That_Are_No_Text_Are_Refused() => Assert.NotNull(SdpOffer.Problem([.. "v=0\r\n"u8, 0xFF, 0xC3, 0x28]));

    [Fact]
    public void Damaged_Offers_Are_Read_Or_Refused_And_None_That_Sends_Is_Taken()
    {
        var random = new Random(20261129);
        var taken = 0;
        for (var run = 0; run < Runs; run++)
        {
            var offer = Mutate(random);
            if (SdpOffer.Problem(offer) is null)
            {
                taken++;
                var text = Encoding.UTF8.GetString(offer);
                Assert.All(text.Split("m=").Skip(1), part => Assert.DoesNotContain("\na=sendrecv\n", part.ReplaceLineEndings("\n"), StringComparison.Ordinal));
                Assert.DoesNotContain("\nm=application", text, StringComparison.Ordinal);
                Assert.DoesNotContain('\0', text);
            }
        }

        Assert.InRange(taken, 1, Runs - 1_000);
    }

    /// <summary>The next damaged offer, also for the proof that sends them over HTTP.</summary>
    internal static byte[] Mutate(Random random)
    {
        var body = Encoding.UTF8.GetBytes(Offers.Good).ToList();
        for (var changes = 1 + random.Next(4); changes > 0; changes--)
        {
            var at = random.Next(body.Count);
            var span = Math.Min(random.Next(60), body.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    body[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when body.Count > 100:
                    body.RemoveRange(at, span);
                    break;
                case 2:
                    body.InsertRange(at, body.GetRange(at, span));
                    break;
                case 3 when random.Next(10) == 0:
                    body.RemoveRange(at, body.Count - at);
                    body.Add((byte)'\n');
                    break;
                default:
                    body.InsertRange(at, Encoding.UTF8.GetBytes(s_pieces[random.Next(s_pieces.Length)]));
                    break;
            }
        }

        return [.. body];
    }
}
