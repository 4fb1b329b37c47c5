using System.Buffers.Binary;
using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Certification.Listing;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>The logo's own bytes: whether it is a PNG, and of what size.</summary>
internal sealed class LogoCheck(IOptions<ListingOptions> listing, IOptions<PortalOptions> portal) : ICertificationCheck
{
    private const int Side = 512;

    /// <summary>Signature, then the first chunk: its length, its name, width and height.</summary>
    private const int HeaderLength = 24;
    private const long LargestFile = 2 * 1024 * 1024;

    private static readonly byte[] s_signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public string Item => "before.logo";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        var path = string.IsNullOrEmpty(listing.Value.LogoPath) ? portal.Value.LogoPath : listing.Value.LogoPath;
        if (string.IsNullOrEmpty(path))
        {
            return CheckFinding.Failed("Neither Listing__LogoPath nor Portal__LogoPath is set");
        }

        try
        {
            await using var file = File.OpenRead(path);
            var header = new byte[HeaderLength];
            var read = await file.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellationToken);
            return Judge(header.AsSpan(0, read), file.Length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return CheckFinding.Failed($"The logo's file cannot be read ({exception.GetType().Name})");
        }
    }

    private static CheckFinding Judge(ReadOnlySpan<byte> header, long length)
    {
        if (header.Length < HeaderLength || !header.StartsWith(s_signature) || !header[12..16].SequenceEqual("IHDR"u8))
        {
            return CheckFinding.Failed("The logo is no PNG");
        }

        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(header[16..]), BinaryPrimitives.ReadUInt32BigEndian(header[20..]));
        string?[] wrong =
        [
            width == Side && height == Side ? null : $"it is {width} x {height} pixels; 512 x 512 is recommended",
            length <= LargestFile ? null : $"its file has {length / 1024} KiB; 2 MiB at most",
        ];
        return CheckFinding.Of(wrong, $"PNG of {width} x {height} pixels, {length / 1024} KiB");
    }
}
