using System.Buffers.Binary;

namespace RingPortal.Tests.Media;

/// <summary>Files as far as anybody looks into them: a head that tells kind and size, then filling.</summary>
internal static class MediaBytes
{
    public static byte[] Jpeg(int width = 640, int height = 360, int length = 4000, int before = 0)
    {
        List<byte> head = [0xFF, 0xD8, .. Segment(0xE0, 14)];
        for (var left = before; left > 0; left -= 60_000)
        {
            head.AddRange(Segment(0xE1, Math.Min(left, 60_000)));
        }

        head.AddRange([0xFF, 0xC0, 0, 17, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
        return Fill(head, length);
    }

    public static byte[] Png(int width = 640, int height = 360, int length = 4000)
    {
        List<byte> head = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8];
        foreach (var side in new[] { width, height })
        {
            var number = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, side);
            head.AddRange(number);
        }

        return Fill(head, length);
    }

    public static byte[] Mp4(int length = 20_000) => Fill([0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isomavc1"u8], length);

    /// <summary>Bytes that look like chance, the same each time.</summary>
    public static byte[] Encrypted(int length = 4000)
    {
        var bytes = new byte[length];
        new Random(11).NextBytes(bytes);
        bytes[0] = 0x9B;
        return bytes;
    }

    private static byte[] Segment(byte marker, int length) => [0xFF, marker, (byte)((length + 2) >> 8), (byte)(length + 2), .. new byte[length]];

    private static byte[] Fill(List<byte> head, int length) => [.. head, .. Enumerable.Range(0, Math.Max(0, length - head.Count)).Select(value => (byte)(value * 31 % 251))];
}
