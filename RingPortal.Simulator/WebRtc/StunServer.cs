using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;

namespace RingPortal.Simulator.WebRtc;

/// <summary>Answers connectivity checks as an ICE-lite agent does (RFC 8445, RFC 8489).</summary>
internal static class StunServer
{
    private const int Header = 20, AnswerLength = Header + 12 + 24 + 8;
    private const ushort Request = 0x0001, Success = 0x0101, Integrity = 0x0008, Mapped = 0x0020, Fingerprint = 0x8028;
    private static readonly byte[] Cookie = [0x21, 0x12, 0xA4, 0x42];

    /// <summary>The answer to a check, <see langword="null"/> when it is none or does not know our password.</summary>
    public static byte[]? Answer(ReadOnlySpan<byte> message, IPEndPoint from, IceCredentials ice)
    {
        if (message.Length < Header || BinaryPrimitives.ReadUInt16BigEndian(message) != Request || !message.Slice(4, 4).SequenceEqual(Cookie) || !IsSigned(message, ice))
            return null;

        var answer = new byte[AnswerLength];
        var span = answer.AsSpan();
        BinaryPrimitives.WriteUInt16BigEndian(span, Success);
        message.Slice(4, 16).CopyTo(span[4..]);
        Address(span, from);
        Attribute(span[32..], Integrity, 20);
        BinaryPrimitives.WriteUInt16BigEndian(span[2..], 12 + 24);
        HMACSHA1.HashData(ice.Key, span[..32], span[36..]);
        Attribute(span[56..], Fingerprint, 4);
        BinaryPrimitives.WriteUInt16BigEndian(span[2..], AnswerLength - Header);
        BinaryPrimitives.WriteUInt32BigEndian(span[60..], Crc32.Of(span[..56]) ^ 0x5354554E);
        return answer;
    }

    private static bool IsSigned(ReadOnlySpan<byte> message, IceCredentials ice)
    {
        for (var position = Header; position + 4 <= message.Length;)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(message[position..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(message[(position + 2)..]);
            if (type == Integrity)
                return length == 20 && position + 24 <= message.Length && Fits(message, position, ice);

            position += 4 + ((length + 3) & ~3);
        }

        return false;
    }

    private static bool Fits(ReadOnlySpan<byte> message, int position, IceCredentials ice)
    {
        var signed = message[..position].ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(signed.AsSpan(2), (ushort)(position - Header + 24));
        return CryptographicOperations.FixedTimeEquals(HMACSHA1.HashData(ice.Key, signed), message.Slice(position + 4, 20));
    }

    private static void Address(Span<byte> answer, IPEndPoint from)
    {
        Attribute(answer[Header..], Mapped, 8);
        answer[25] = 1;
        BinaryPrimitives.WriteUInt16BigEndian(answer[26..], (ushort)(from.Port ^ 0x2112));
        var address = from.Address.MapToIPv4().GetAddressBytes();
        for (var index = 0; index < 4; index++)
            answer[28 + index] = (byte)(address[index] ^ Cookie[index]);
    }

    private static void Attribute(Span<byte> answer, ushort type, ushort length)
    {
        BinaryPrimitives.WriteUInt16BigEndian(answer, type);
        BinaryPrimitives.WriteUInt16BigEndian(answer[2..], length);
    }
}
