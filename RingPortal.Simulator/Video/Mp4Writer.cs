using System.Buffers.Binary;

namespace RingPortal.Simulator.Video;

/// <summary>One frame of a film.</summary>
internal readonly record struct Mp4Sample(byte[] Nal, bool Key)
{
    /// <summary>Frames stand in the file behind their length.</summary>
    public int Size => Nal.Length + 4;
}

/// <summary>Writes an MP4 file with one track of H.264, the index first, so that it plays while it arrives (ISO/IEC 14496-12, -15).</summary>
internal sealed class Mp4Writer : IDisposable
{
    private const int Clock = 90_000;

    private static readonly int[] Upright = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];

    private readonly MemoryStream file = new();

    private Mp4Writer()
    {
    }

    public static byte[] Write(IReadOnlyList<Mp4Sample> samples, int rate)
    {
        using var writer = new Mp4Writer();
        writer.Box("ftyp", () => writer.Bytes([.. "isom"u8, 0, 0, 2, 0, .. "isomavc1mp42"u8]));
        var offset = (int)writer.file.Length + Measure(samples, rate) + 8;
        writer.Index(samples, rate, offset);
        writer.Box("mdat", () =>
        {
            foreach (var sample in samples)
            {
                writer.Int(sample.Nal.Length);
                writer.Bytes(sample.Nal);
            }
        });
        return writer.file.ToArray();
    }

    public void Dispose() => file.Dispose();

    /// <summary>The length of the index does not depend on where the frames begin.</summary>
    private static int Measure(IReadOnlyList<Mp4Sample> samples, int rate)
    {
        using var trial = new Mp4Writer();
        trial.Index(samples, rate, 0);
        return (int)trial.file.Length;
    }

    private void Index(IReadOnlyList<Mp4Sample> samples, int rate, int offset) => Box("moov", () =>
    {
        var duration = samples.Count * (Clock / rate);
        Full("mvhd", 0, [0, 0, Clock, duration, 0x10000, 0x01000000, 0, 0, .. Upright, 0, 0, 0, 0, 0, 0, 2]);
        Box("trak", () =>
        {
            Full("tkhd", 3, [0, 0, 1, 0, duration, 0, 0, 0, 0, .. Upright, Picture.Width << 16, Picture.Height << 16]);
            Box("mdia", () =>
            {
                Full("mdhd", 0, 0, 0, Clock, duration, 0x55C40000);
                Box("hdlr", () => Bytes([.. new byte[8], .. "vide"u8, .. new byte[12], .. "Video\0"u8]));
                Box("minf", () =>
                {
                    Full("vmhd", 1, 0, 0);
                    Box("dinf", () => Box("dref", () =>
                    {
                        Ints(0, 1);
                        Full("url ", 1);
                    }));
                    Box("stbl", () => Table(samples, rate, offset));
                });
            });
        });
    });

    private void Table(IReadOnlyList<Mp4Sample> samples, int rate, int offset)
    {
        Box("stsd", () =>
        {
            Ints(0, 1);
            Box("avc1", () =>
            {
                Bytes([.. new byte[6], 0, 1, .. new byte[16]]);
                Ints((Picture.Width << 16) | Picture.Height, 0x480000, 0x480000, 0);
                Bytes([0, 1, .. new byte[32], 0, 24, 0xFF, 0xFF]);
                Box("avcC", () => Bytes(Decoder()));
            });
        });
        Full("stts", 0, 1, samples.Count, Clock / rate);
        int[] keys = [.. Enumerable.Range(1, samples.Count).Where(number => samples[number - 1].Key)];
        Full("stss", 0, [keys.Length, .. keys]);
        Full("stsc", 0, 1, 1, samples.Count, 1);
        Full("stsz", 0, [0, samples.Count, .. samples.Select(sample => sample.Size)]);
        Full("stco", 0, 1, offset);
    }

    /// <summary>What a decoder must know before the first frame.</summary>
    private static byte[] Decoder()
    {
        var (sequence, picture) = (H264Writer.SequenceParameters, H264Writer.PictureParameters);
        return
        [
            1, sequence[1], sequence[2], sequence[3], 0xFF, 0xE1, (byte)(sequence.Length >> 8), (byte)sequence.Length, .. sequence,
            1, (byte)(picture.Length >> 8), (byte)picture.Length, .. picture,
        ];
    }

    private void Full(string name, int flags, params int[] content) => Box(name, () =>
    {
        Int(flags);
        Ints(content);
    });

    private void Box(string name, Action content)
    {
        var start = (int)file.Length;
        Int(0);
        Bytes(System.Text.Encoding.ASCII.GetBytes(name));
        content();
        BinaryPrimitives.WriteInt32BigEndian(file.GetBuffer().AsSpan(start), (int)file.Length - start);
    }

    private void Ints(params int[] numbers)
    {
        foreach (var number in numbers)
            Int(number);
    }

    private void Int(int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        file.Write(bytes);
    }

    private void Bytes(byte[] bytes) => file.Write(bytes);
}
