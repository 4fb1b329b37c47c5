using System.Buffers.Binary;
using System.Security.Cryptography;

namespace RingPortal.Simulator.WebRtc;

/// <summary>Protects the packets of one source: SRTP_AES128_CM_HMAC_SHA1_80, sending side (RFC 3711).</summary>
internal sealed class SrtpSender : IDisposable
{
    /// <summary>What a protected packet is longer than a plain one.</summary>
    public const int Tag = 10;

    private const int Header = 12;
    private readonly Aes cipher = Aes.Create();
    private readonly byte[] signing;
    private readonly byte[] salt;
    private readonly byte[] counters = new byte[2048];
    private readonly byte[] stream = new byte[2048];
    private uint rollovers;
    private ushort last;

    public SrtpSender(byte[] masterKey, byte[] masterSalt)
    {
        cipher.Key = Derive(masterKey, masterSalt, 0, 16);
        signing = Derive(masterKey, masterSalt, 1, 20);
        salt = Derive(masterKey, masterSalt, 2, 14);
    }

    public void Dispose() => cipher.Dispose();

    /// <summary>Protects a packet in place; it needs <see cref="Tag"/> bytes behind it. Tells the new length.</summary>
    public int Protect(Span<byte> packet, int length)
    {
        var number = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if (number < last && last - number > 32_768)
            rollovers++;

        last = number;
        Encrypt(packet, packet[Header..length]);
        BinaryPrimitives.WriteUInt32BigEndian(packet[length..], rollovers);
        Span<byte> sum = stackalloc byte[20];
        HMACSHA1.HashData(signing, packet[..(length + 4)], sum);
        sum[..Tag].CopyTo(packet[length..]);
        return length + Tag;
    }

    private void Encrypt(ReadOnlySpan<byte> packet, Span<byte> payload)
    {
        Span<byte> start = stackalloc byte[16];
        start.Clear();
        salt.CopyTo(start);
        Span<byte> index = stackalloc byte[10];
        packet.Slice(8, 4).CopyTo(index);
        BinaryPrimitives.WriteUInt32BigEndian(index[4..], rollovers);
        packet.Slice(2, 2).CopyTo(index[8..]);
        for (var at = 0; at < 10; at++)
            start[4 + at] ^= index[at];

        var blocks = (payload.Length + 15) / 16;
        for (var block = 0; block < blocks; block++)
        {
            start[..14].CopyTo(counters.AsSpan(block * 16));
            BinaryPrimitives.WriteUInt16BigEndian(counters.AsSpan((block * 16) + 14), (ushort)block);
        }

        cipher.EncryptEcb(counters.AsSpan(0, blocks * 16), stream, PaddingMode.None);
        for (var at = 0; at < payload.Length; at++)
            payload[at] ^= stream[at];
    }

    private static byte[] Derive(byte[] key, byte[] salt, byte label, int length)
    {
        using var cipher = Aes.Create();
        cipher.Key = key;
        var counter = new byte[32];
        salt.CopyTo(counter, 0);
        counter[7] ^= label;
        counter.AsSpan(0, 16).CopyTo(counter.AsSpan(16));
        counter[31] = 1;
        return cipher.EncryptEcb(counter, PaddingMode.None)[..length];
    }
}
