namespace RingPortal.Simulator.Video;

/// <summary>A picture to draw on, in planes as H.264 wants them, that remembers which macroblocks were touched.</summary>
internal sealed class Picture
{
    public const int Width = 768, Height = 432, Columns = Width / 16, Rows = Height / 16;

    private readonly bool[] dirty = new bool[Columns * Rows];

    public byte[] Luma { get; } = new byte[Width * Height];

    public byte[] Blue { get; } = new byte[Width * Height / 4];

    public byte[] Red { get; } = new byte[Width * Height / 4];

    public Picture Copy()
    {
        var copy = new Picture();
        Luma.CopyTo(copy.Luma, 0);
        Blue.CopyTo(copy.Blue, 0);
        Red.CopyTo(copy.Red, 0);
        return copy;
    }

    public bool IsDirty(int index) => dirty[index];

    public void Clean() => Array.Clear(dirty);

    /// <summary>A rectangle; parts outside of the picture are cut off.</summary>
    public void Fill(int left, int top, int width, int height, Paint paint)
    {
        var area = Area.Of(left, top, width, height);
        if (area.IsEmpty)
            return;

        for (var y = area.Top; y < area.Bottom; y++)
            Luma.AsSpan((y * Width) + area.Left, area.Width).Fill(paint.Luma);

        for (var y = area.Top / 2; y < (area.Bottom + 1) / 2; y++)
        {
            var start = (y * (Width / 2)) + (area.Left / 2);
            var width2 = ((area.Right + 1) / 2) - (area.Left / 2);
            Blue.AsSpan(start, width2).Fill(paint.Blue);
            Red.AsSpan(start, width2).Fill(paint.Red);
        }

        Touch(area);
    }

    public void Disc(int centerX, int centerY, int radius, Paint paint)
    {
        for (var y = -radius; y < radius; y += 2)
        {
            var half = (int)Math.Sqrt((radius * radius) - (y * y)) & ~1;
            Fill(centerX - half, centerY + y, half * 2, 2, paint);
        }
    }

    /// <summary>Letters of 5 by 7 dots, 6 apart.</summary>
    public void Text(int left, int top, int dot, string text, Paint paint)
    {
        foreach (var letter in text)
        {
            for (var column = 0; column < 5; column++)
            {
                for (var row = 0; row < 8; row++)
                {
                    if (Letters.Has(letter, column, row))
                        Fill(left + (column * dot), top + (row * dot), dot, dot, paint);
                }
            }

            left += 6 * dot;
        }
    }

    /// <summary>Takes a rectangle from another picture.</summary>
    public void Restore(Picture from, int left, int top, int width, int height)
    {
        var area = Area.Of(left, top, width, height);
        if (area.IsEmpty)
            return;

        for (var y = area.Top; y < area.Bottom; y++)
            from.Luma.AsSpan((y * Width) + area.Left, area.Width).CopyTo(Luma.AsSpan((y * Width) + area.Left));

        for (var y = area.Top / 2; y < (area.Bottom + 1) / 2; y++)
        {
            var start = (y * (Width / 2)) + (area.Left / 2);
            var width2 = ((area.Right + 1) / 2) - (area.Left / 2);
            from.Blue.AsSpan(start, width2).CopyTo(Blue.AsSpan(start));
            from.Red.AsSpan(start, width2).CopyTo(Red.AsSpan(start));
        }

        Touch(area);
    }

    /// <summary>The 384 samples of a macroblock.</summary>
    public void CopyMacroblock(int index, Span<byte> samples)
    {
        var (x, y) = (index % Columns * 16, index / Columns * 16);
        for (var line = 0; line < 16; line++)
            Luma.AsSpan(((y + line) * Width) + x, 16).CopyTo(samples[(line * 16)..]);

        for (var line = 0; line < 8; line++)
        {
            var start = (((y / 2) + line) * (Width / 2)) + (x / 2);
            Blue.AsSpan(start, 8).CopyTo(samples[(256 + (line * 8))..]);
            Red.AsSpan(start, 8).CopyTo(samples[(320 + (line * 8))..]);
        }
    }

    private void Touch(Area area)
    {
        for (var row = area.Top / 16; row <= (area.Bottom - 1) / 16; row++)
            dirty.AsSpan((row * Columns) + (area.Left / 16), ((area.Right - 1) / 16) - (area.Left / 16) + 1).Fill(true);
    }

    private readonly record struct Area(int Left, int Top, int Right, int Bottom)
    {
        public int Width => Right - Left;

        public bool IsEmpty => Right <= Left || Bottom <= Top;

        public static Area Of(int left, int top, int width, int height) =>
            new(Math.Max(0, left), Math.Max(0, top), Math.Min(Picture.Width, left + width), Math.Min(Picture.Height, top + height));
    }
}
