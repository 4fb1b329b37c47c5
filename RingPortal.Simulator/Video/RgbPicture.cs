namespace RingPortal.Simulator.Video;

/// <summary>A picture as files have it: three bytes a pixel, in the size that was asked for.</summary>
internal sealed class RgbPicture
{
    private RgbPicture(int width, int height) => (Width, Height, Pixels) = (width, height, new byte[width * height * 3]);

    public int Width { get; }

    public int Height { get; }

    public byte[] Pixels { get; }

    /// <summary>Fits into width and height, of which either may be missing; its shape stays.</summary>
    public static RgbPicture Of(Picture source, int? width, int? height)
    {
        var scale = Math.Min((width ?? double.MaxValue) / Picture.Width, (height ?? double.MaxValue) / Picture.Height);
        if (width is null && height is null)
            scale = 1;

        var picture = new RgbPicture(Math.Max(1, (int)Math.Round(Picture.Width * scale)), Math.Max(1, (int)Math.Round(Picture.Height * scale)));
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
                picture.Put(x, y, source, x * Picture.Width / picture.Width, y * Picture.Height / picture.Height);
        }

        return picture;
    }

    private void Put(int x, int y, Picture source, int fromX, int fromY)
    {
        var half = (fromY / 2 * (Picture.Width / 2)) + (fromX / 2);
        var luma = 1.16438 * (source.Luma[(fromY * Picture.Width) + fromX] - 16);
        var (blue, red) = (source.Blue[half] - 128, source.Red[half] - 128);
        var at = ((y * Width) + x) * 3;
        Pixels[at] = Byte(luma + (1.59603 * red));
        Pixels[at + 1] = Byte(luma - (0.39176 * blue) - (0.81297 * red));
        Pixels[at + 2] = Byte(luma + (2.01723 * blue));
    }

    private static byte Byte(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
