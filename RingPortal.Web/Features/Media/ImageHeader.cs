using System.Buffers.Binary;

namespace RingPortal.Web.Features.Media;

/// <summary>What the head of a picture says about its size.</summary>
/// <param name="Width">Pixels; 0 while it is not known.</param>
/// <param name="Height">Pixels; 0 while it is not known.</param>
/// <param name="NeedsMore">Whether the head is longer than what was looked at.</param>
internal readonly record struct ImageHeader(int Width, int Height, bool NeedsMore)
{
    /// <summary>Each side; Ring's pictures have at most 1,920 by 1,080 pixels unless it changes its mind.</summary>
    private const int LongestSide = 4096;

    private static readonly ImageHeader s_more = new(0, 0, NeedsMore: true);
    private static readonly ImageHeader s_broken = new(0, 0, NeedsMore: false);

    /// <summary>Whether a browser can unpack it without trouble.</summary>
    public bool IsSane => Width is > 0 and <= LongestSide && Height is > 0 and <= LongestSide;

    /// <summary>Reads the size.</summary>
    public static ImageHeader Read(MediaFormat format, ReadOnlySpan<byte> bytes) => format == MediaFormat.Png ? Png(bytes) : Jpeg(bytes);

    private static ImageHeader Png(ReadOnlySpan<byte> bytes) =>
        bytes.Length < 24 ? s_more
        : !bytes[12..16].SequenceEqual("IHDR"u8) ? s_broken
        : new ImageHeader(Side(BinaryPrimitives.ReadUInt32BigEndian(bytes[16..])), Side(BinaryPrimitives.ReadUInt32BigEndian(bytes[20..])), NeedsMore: false);

    private static ImageHeader Jpeg(ReadOnlySpan<byte> bytes)
    {
        var at = 2;
        while (at + 9 <= bytes.Length)
        {
            if (bytes[at] != 0xFF)
            {
                return s_broken;
            }

            var marker = bytes[at + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (marker is 0xFF)
            {
                at++;
            }
            else if (IsFrame(marker))
            {
                return new ImageHeader(BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]), NeedsMore: false);
            }
            else if (marker is 0xD9 or 0xDA or 0x00 || length < 2)
            {
                // The picture itself begins, or ends, and nobody said how large it is.
                return s_broken;
            }
            else
            {
                at += 2 + length;
            }
        }

        return s_more;
    }

    /// <summary>Start of frame, in all its kinds; the four in between are tables.</summary>
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static int Side(uint value) => value > LongestSide ? LongestSide + 1 : (int)value;
}
