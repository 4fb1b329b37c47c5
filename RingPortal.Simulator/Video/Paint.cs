namespace RingPortal.Simulator.Video;

/// <summary>A colour as video has it: luma from 16 to 235, chroma around 128.</summary>
internal readonly record struct Paint(byte Luma, byte Blue, byte Red)
{
    public static readonly Paint Black = new(16, 128, 128);

    public static readonly Paint White = new(235, 128, 128);

    /// <summary>From red, green and blue in one number, as style sheets write it.</summary>
    public static Paint Of(int rgb)
    {
        double red = (rgb >> 16) & 255, green = (rgb >> 8) & 255, blue = rgb & 255;
        return new(
            (byte)Math.Round(16 + ((65.481 * red) + (128.553 * green) + (24.966 * blue)) / 255),
            (byte)Math.Round(128 + ((-37.797 * red) - (74.203 * green) + (112 * blue)) / 255),
            (byte)Math.Round(128 + ((112 * red) - (93.786 * green) - (18.214 * blue)) / 255));
    }

    public static Paint Between(Paint from, Paint to, double share) =>
        new(Mix(from.Luma, to.Luma, share), Mix(from.Blue, to.Blue, share), Mix(from.Red, to.Red, share));

    private static byte Mix(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share));
}
