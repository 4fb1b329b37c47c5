namespace RingPortal.Simulator.Video;

/// <summary>Writes the bits of one NAL unit of H.264.</summary>
internal sealed class BitStream
{
    private byte[] bytes = new byte[4096];
    private int length;
    private int current;
    private int bits;

    public void Clear() => (length, current, bits) = (0, 0, 0);

    public void Bit(int value)
    {
        current = (current << 1) | (value & 1);
        if (++bits == 8)
            Flush();
    }

    public void Bits(int value, int count)
    {
        for (var bit = count - 1; bit >= 0; bit--)
            Bit(value >> bit);
    }

    /// <summary>Unsigned Exp-Golomb.</summary>
    public void Ue(int value)
    {
        var coded = value + 1;
        var count = 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)coded);
        Bits(0, count - 1);
        Bits(coded, count);
    }

    /// <summary>Signed Exp-Golomb.</summary>
    public void Se(int value) => Ue(value > 0 ? (2 * value) - 1 : -2 * value);

    public void AlignWithZeros()
    {
        while (bits != 0)
            Bit(0);
    }

    /// <summary>The closing bit, then zeros.</summary>
    public void Close()
    {
        Bit(1);
        AlignWithZeros();
    }

    /// <summary>Whole bytes; the stream must be aligned.</summary>
    public void Append(ReadOnlySpan<byte> more)
    {
        Room(more.Length);
        more.CopyTo(bytes.AsSpan(length));
        length += more.Length;
    }

    /// <summary>The unit behind its header, with the bytes that keep start codes out of it.</summary>
    public byte[] ToNal(byte header)
    {
        var nal = new byte[1 + length + (length / 2)];
        nal[0] = header;
        var (size, zeros) = (1, 0);
        foreach (var one in bytes.AsSpan(0, length))
        {
            if (zeros == 2 && one <= 3)
                (nal[size++], zeros) = (3, 0);

            nal[size++] = one;
            zeros = one == 0 ? zeros + 1 : 0;
        }

        return nal[..size];
    }

    private void Flush()
    {
        Room(1);
        bytes[length++] = (byte)current;
        (current, bits) = (0, 0);
    }

    private void Room(int more)
    {
        if (length + more > bytes.Length)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + more));
    }
}
