using System.Buffers.Binary;

namespace RingPortal.Simulator.WebRtc;

/// <summary>Cuts what is to be sent into packets of one source and numbers them.</summary>
internal sealed class RtpSource(uint source, int payloadType, SrtpSender srtp, Action<ReadOnlySpan<byte>> send)
{
    private const int Header = 12, LongestPayload = 1150;
    private readonly byte[] packet = new byte[Header + LongestPayload + 2 + SrtpSender.Tag];
    private ushort number;

    /// <summary>The parts in which a NAL unit is sent: whole, or in fragments behind its header when it is long (RFC 6184, FU-A).</summary>
    public static IEnumerable<NalPart> Parts(byte[] nal)
    {
        if (nal.Length <= LongestPayload)
        {
            yield return new(0, nal.Length, IsLast: true);
            yield break;
        }

        for (var start = 1; start < nal.Length; start += LongestPayload)
        {
            var length = Math.Min(LongestPayload, nal.Length - start);
            yield return new(start, length, start + length == nal.Length);
        }
    }

    public void SendPart(byte[] nal, NalPart part, uint timestamp, bool endsFrame)
    {
        var bytes = nal.AsSpan(part.Start, part.Length);
        if (part.Start == 0)
        {
            Send(bytes, timestamp, endsFrame);
            return;
        }

        packet[Header] = (byte)((nal[0] & 0x60) | 28);
        packet[Header + 1] = (byte)((part.Start == 1 ? 0x80 : 0) | (part.IsLast ? 0x40 : 0) | (nal[0] & 0x1F));
        bytes.CopyTo(packet.AsSpan(Header + 2));
        Out(part.Length + 2, timestamp, endsFrame && part.IsLast);
    }

    public void Send(ReadOnlySpan<byte> payload, uint timestamp, bool endsFrame)
    {
        payload.CopyTo(packet.AsSpan(Header));
        Out(payload.Length, timestamp, endsFrame);
    }

    private void Out(int length, uint timestamp, bool endsFrame)
    {
        packet[0] = 0x80;
        packet[1] = (byte)(payloadType | (endsFrame ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), number++);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), source);
        send(packet.AsSpan(0, srtp.Protect(packet, Header + length)));
    }
}

/// <summary>A part of a NAL unit that fits into a packet.</summary>
internal readonly record struct NalPart(int Start, int Length, bool IsLast);
