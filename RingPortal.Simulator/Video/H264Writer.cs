namespace RingPortal.Simulator.Video;

/// <summary>
/// A small lossless writer of H.264 Constrained Baseline for drawn pictures: a macroblock that changed is copied from its
/// left or upper neighbour's edge where that is exact (flat areas, vertical gradients), else sent as raw samples; what did
/// not change is skipped. No transform and no quantization, so it costs next to nothing.
/// </summary>
internal sealed class H264Writer
{
    private const int RawSamples = 25;
    private readonly BitStream stream = new();
    private readonly bool[] raw = new bool[Picture.Columns * Picture.Rows];
    private readonly byte[] samples = new byte[384];
    private int frameNumber;
    private int keyFrames;

    /// <summary>Constrained Baseline, level 3.1: what a browser offers as 42e01f.</summary>
    public static byte[] SequenceParameters { get; } = Sequence();

    /// <summary>CAVLC, one slice group; the deblocking filter can be turned off.</summary>
    public static byte[] PictureParameters { get; } = PictureSet();

    /// <summary>The NAL units of the next frame. Marks the picture as sent.</summary>
    public IReadOnlyList<byte[]> Write(Picture picture, bool key)
    {
        if (key)
            frameNumber = 0;

        stream.Clear();
        Header(key);
        var skipped = 0;
        Array.Clear(raw);
        for (var index = 0; index < raw.Length; index++)
        {
            if (!key && !picture.IsDirty(index))
            {
                skipped++;
                continue;
            }

            if (!key)
                stream.Ue(skipped);

            skipped = 0;
            Macroblock(picture, index, key ? 0 : 5);
        }

        if (skipped > 0)
            stream.Ue(skipped);

        stream.Close();
        picture.Clean();
        frameNumber++;
        return key ? [SequenceParameters, PictureParameters, stream.ToNal(0x65)] : [stream.ToNal(0x61)];
    }

    private void Header(bool key)
    {
        stream.Ue(0);
        stream.Ue(key ? 7 : 5);
        stream.Ue(0);
        stream.Bits(frameNumber & 255, 8);
        if (key)
            stream.Ue(keyFrames++ & 1);

        // Of a key frame: no long-term reference; of the others: no override, no reordering, no marking.
        stream.Bits(0, key ? 2 : 3);
        stream.Se(0);
        stream.Ue(1);
    }

    private void Macroblock(Picture picture, int index, int typesBefore)
    {
        var (luma, chroma) = (Edge.OfLuma(picture, index), Edge.OfChroma(picture, index));
        if (luma == Direction.None || chroma == Direction.None)
        {
            raw[index] = true;
            stream.Ue(typesBefore + RawSamples);
            stream.AlignWithZeros();
            picture.CopyMacroblock(index, samples);
            stream.Append(samples);
            return;
        }

        // Intra 16x16 without any coefficient; chroma counts its directions the other way round.
        stream.Ue(typesBefore + (luma == Direction.FromAbove ? 1 : 2));
        stream.Ue(chroma == Direction.FromAbove ? 2 : 1);
        stream.Se(0);
        if (Coefficients(index) < 8)
            stream.Bit(1);
        else
            stream.Bits(0b000011, 6);
    }

    /// <summary>What the neighbours make a decoder expect: raw samples count as 16, all else as none.</summary>
    private int Coefficients(int index)
    {
        var (left, above) = (index % Picture.Columns > 0, index >= Picture.Columns);
        var (atLeft, atTop) = (left && raw[index - 1] ? 16 : 0, above && raw[index - Picture.Columns] ? 16 : 0);
        return left && above ? (atLeft + atTop + 1) >> 1 : atLeft + atTop;
    }

    private static byte[] Sequence()
    {
        var set = new BitStream();
        set.Bits(66, 8);
        set.Bits(0xE0, 8);
        set.Bits(31, 8);
        set.Ue(0);
        set.Ue(4);
        set.Ue(2);
        set.Ue(1);
        set.Bit(0);
        set.Ue(Picture.Columns - 1);
        set.Ue(Picture.Rows - 1);
        set.Bits(0b1100, 4);
        set.Close();
        return set.ToNal(0x67);
    }

    private static byte[] PictureSet()
    {
        var set = new BitStream();
        set.Ue(0);
        set.Ue(0);
        set.Bits(0, 2);
        set.Ue(0);
        set.Ue(0);
        set.Ue(0);
        set.Bits(0, 3);
        set.Se(0);
        set.Se(0);
        set.Se(0);
        set.Bits(0b100, 3);
        set.Close();
        return set.ToNal(0x68);
    }
}
