namespace RingPortal.Simulator.Video;

/// <summary>From which edge a macroblock can be copied without any loss.</summary>
internal enum Direction
{
    None,
    FromLeft,
    FromAbove,
}

/// <summary>Finds macroblocks that repeat the last column or row of their neighbour.</summary>
internal static class Edge
{
    public static Direction OfLuma(Picture picture, int index) => Of(picture.Luma, Picture.Width, 16, index, Direction.None);

    public static Direction OfChroma(Picture picture, int index)
    {
        var blue = Of(picture.Blue, Picture.Width / 2, 8, index, Direction.None);
        if (blue == Direction.None)
            return Direction.None;

        var red = Of(picture.Red, Picture.Width / 2, 8, index, blue);
        return red == blue ? blue : Both(picture, index, red);
    }

    /// <summary>Blue was found in one direction and red only in the other: perhaps blue fits there, too.</summary>
    private static Direction Both(Picture picture, int index, Direction red) =>
        red != Direction.None && Fits(picture.Blue, Picture.Width / 2, 8, index, red) ? red : Direction.None;

    private static Direction Of(byte[] plane, int stride, int size, int index, Direction first)
    {
        if (first != Direction.None && Fits(plane, stride, size, index, first))
            return first;

        return Fits(plane, stride, size, index, Direction.FromLeft) ? Direction.FromLeft
            : Fits(plane, stride, size, index, Direction.FromAbove) ? Direction.FromAbove
            : Direction.None;
    }

    private static bool Fits(byte[] plane, int stride, int size, int index, Direction direction)
    {
        var (column, row) = (index % Picture.Columns, index / Picture.Columns);
        if (direction == Direction.FromLeft ? column == 0 : row == 0)
            return false;

        var start = (row * size * stride) + (column * size);
        for (var line = 0; line < size; line++)
        {
            var samples = plane.AsSpan(start + (line * stride), size);
            var same = direction == Direction.FromLeft
                ? !samples.ContainsAnyExcept(plane[start + (line * stride) - 1])
                : samples.SequenceEqual(plane.AsSpan(start - stride, size));
            if (!same)
                return false;
        }

        return true;
    }
}
