using System.Buffers.Binary;
using System.Numerics;

namespace RingPortal.Simulator.Video;

/// <summary>Writes baseline JPEG in high quality, all colours in full resolution.</summary>
internal sealed class JpegWriter : IDisposable
{
    private const byte Quantum = 4;
    private static readonly (int Code, int Bits)[] First = JpegTables.Codes(JpegTables.FirstCounts, JpegTables.FirstValues);
    private static readonly (int Code, int Bits)[] Other = JpegTables.Codes(JpegTables.OtherCounts, JpegTables.OtherValues);
    private static readonly double[] Waves = [.. Enumerable.Range(0, 64).Select(at => (at / 8 == 0 ? Math.Sqrt(0.5) : 1) / 2 * Math.Cos(((2 * (at % 8)) + 1) * (at / 8) * Math.PI / 16))];

    private readonly MemoryStream file = new();
    private readonly double[] block = new double[64];
    private readonly double[] half = new double[64];
    private readonly int[] levels = new int[64];
    private int bits;
    private int waiting;

    private JpegWriter()
    {
    }

    public static byte[] Write(RgbPicture picture)
    {
        using var writer = new JpegWriter();
        writer.Heads(picture);
        writer.Blocks(picture);
        return writer.file.ToArray();
    }

    public void Dispose() => file.Dispose();

    private void Heads(RgbPicture picture)
    {
        file.Write([0xFF, 0xD8]);
        Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        Segment(0xDB, [0, .. Enumerable.Repeat(Quantum, 64)]);
        var size = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(size, (ushort)picture.Height);
        BinaryPrimitives.WriteUInt16BigEndian(size.AsSpan(2), (ushort)picture.Width);
        Segment(0xC0, [8, .. size, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
        Segment(0xC4, [0x00, .. JpegTables.FirstCounts, .. JpegTables.FirstValues, 0x10, .. JpegTables.OtherCounts, .. JpegTables.OtherValues]);
        Segment(0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
    }

    private void Segment(byte marker, byte[] content)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(content.Length + 2));
        file.Write([0xFF, marker, .. length, .. content]);
    }

    private void Blocks(RgbPicture picture)
    {
        var last = new int[3];
        for (var top = 0; top < picture.Height; top += 8)
        {
            for (var left = 0; left < picture.Width; left += 8)
            {
                for (var part = 0; part < 3; part++)
                {
                    Load(picture, left, top, part);
                    Transform();
                    last[part] = Send(last[part]);
                }
            }
        }

        Put(0x7F, 7);
        file.Write([0xFF, 0xD9]);
    }

    /// <summary>One of luma, blue and red of 8 by 8 pixels; at the edges the last ones are repeated.</summary>
    private void Load(RgbPicture picture, int left, int top, int part)
    {
        for (var at = 0; at < 64; at++)
        {
            var (x, y) = (Math.Min(left + (at % 8), picture.Width - 1), Math.Min(top + (at / 8), picture.Height - 1));
            var pixel = picture.Pixels.AsSpan(((y * picture.Width) + x) * 3, 3);
            block[at] = part switch
            {
                0 => (0.299 * pixel[0]) + (0.587 * pixel[1]) + (0.114 * pixel[2]) - 128,
                1 => (-0.168736 * pixel[0]) - (0.331264 * pixel[1]) + (0.5 * pixel[2]),
                _ => (0.5 * pixel[0]) - (0.418688 * pixel[1]) - (0.081312 * pixel[2]),
            };
        }
    }

    /// <summary>The cosine transform, rows then columns, and rounding.</summary>
    private void Transform()
    {
        for (var at = 0; at < 64; at++)
        {
            var (row, wave, sum) = (at / 8, at % 8, 0.0);
            for (var x = 0; x < 8; x++)
                sum += block[(row * 8) + x] * Waves[(wave * 8) + x];

            half[at] = sum;
        }

        for (var at = 0; at < 64; at++)
        {
            var (wave, column, sum) = (at / 8, at % 8, 0.0);
            for (var y = 0; y < 8; y++)
                sum += half[(y * 8) + column] * Waves[(wave * 8) + y];

            levels[at] = (int)Math.Round(sum / Quantum);
        }
    }

    private int Send(int last)
    {
        Value(First, 0, levels[0] - last);
        var zeros = 0;
        for (var index = 1; index < 64; index++)
        {
            var level = levels[JpegTables.ZigZag[index]];
            if (level == 0)
            {
                zeros++;
                continue;
            }

            for (; zeros > 15; zeros -= 16)
                Put(Other[0xF0].Code, Other[0xF0].Bits);

            Value(Other, zeros, level);
            zeros = 0;
        }

        if (zeros > 0)
            Put(Other[0].Code, Other[0].Bits);

        return levels[0];
    }

    private void Value((int Code, int Bits)[] codes, int zeros, int value)
    {
        var size = value == 0 ? 0 : 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(value));
        var (code, length) = codes[(zeros << 4) | size];
        Put(code, length);
        Put(value < 0 ? value + (1 << size) - 1 : value, size);
    }

    private void Put(int value, int count)
    {
        for (var bit = count - 1; bit >= 0; bit--)
        {
            bits = (bits << 1) | ((value >> bit) & 1);
            if (++waiting < 8)
                continue;

            file.WriteByte((byte)bits);
            if ((byte)bits == 0xFF)
                file.WriteByte(0);

            (bits, waiting) = (0, 0);
        }
    }
}
