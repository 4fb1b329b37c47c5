namespace RingPortal.Web.Features.Media;

/// <summary>The three kinds of file that are taken from Ring; nothing else ever reaches a browser.</summary>
/// <param name="Type">The media type under which it is sent, always ours.</param>
/// <param name="Extension">How a saved file ends.</param>
/// <param name="IsImage">Whether it is a picture.</param>
internal sealed record MediaFormat(string Type, string Extension, bool IsImage)
{
    public static readonly MediaFormat Jpeg = new("image/jpeg", "jpg", IsImage: true);
    public static readonly MediaFormat Png = new("image/png", "png", IsImage: true);
    public static readonly MediaFormat Mp4 = new("video/mp4", "mp4", IsImage: false);

    private static readonly MediaFormat[] s_all = [Jpeg, Png, Mp4];

    /// <summary>What a media type names; null for anything else.</summary>
    public static MediaFormat? OfType(string? type) => s_all.FirstOrDefault(format => format.Type == type);

    /// <summary>What the first bytes are; null when they are nothing of these.</summary>
    public static MediaFormat? OfBytes(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? Jpeg
        : bytes.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? Png
        : bytes.Length >= 12 && bytes[4..8].SequenceEqual("ftyp"u8) && bytes[0] == 0 && bytes[1] == 0 ? Mp4
        : null;
}
