using RingPortal.Web.Ring.Media;
using RingPortal.Web.Ring.Wire;

namespace RingPortal.Web.Ring;

/// <summary>Pictures and recordings (contract 9). Each request marks the events it covers as reviewed at Ring.</summary>
public sealed partial class RingClient
{
    /// <summary>The largest picture that is taken.</summary>
    public const int LargestImage = 8 * 1024 * 1024;

    /// <summary>The largest recording that is taken.</summary>
    public const int LargestClip = 200 * 1024 * 1024;

    private static readonly TimeSpan s_longestWindow = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_longestClip = TimeSpan.FromMinutes(15);

    /// <summary>
    /// An existing picture. <see cref="RingFailure.Refused"/> with 416 when there is none, 422 for a broken recording, 425 while
    /// it is prepared; <see cref="RingFailure.Forbidden"/> for a time before the consent; <see cref="RingFailure.Unreadable"/>
    /// for a redirect that is not followed and for what is too large.
    /// </summary>
    public Task<RingResult<RingMedia>> OpenImageAsync(
        string accessToken, string deviceId, RingImageRequest request, RingPriority priority, CancellationToken cancellationToken)
    {
        if (request is RingImageRequest.LatestInRange { To: { } to } range && to - range.From > s_longestWindow)
        {
            throw new ArgumentOutOfRangeException(nameof(request), "Ring looks through 24 hours at most.");
        }

        return OpenMediaAsync("media.image", "image", accessToken, deviceId, MediaBodies.Of(request), LargestImage, priority, cancellationToken);
    }

    /// <summary>A recording, as far as there is one; failures as for pictures.</summary>
    public Task<RingResult<RingMedia>> OpenClipAsync(string accessToken, string deviceId, RingClipRequest request, CancellationToken cancellationToken)
    {
        if (request.Duration <= TimeSpan.Zero || request.Duration > s_longestClip)
        {
            throw new ArgumentOutOfRangeException(nameof(request), "Ring cuts recordings of up to 15 minutes.");
        }

        return OpenMediaAsync("media.clip", "video", accessToken, deviceId, MediaBodies.Of(request), LargestClip, RingPriority.Interactive, cancellationToken);
    }

    private Task<RingResult<RingMedia>> OpenMediaAsync(
        string operation, string kind, string accessToken, string deviceId, byte[] body, long most, RingPriority priority, CancellationToken cancellationToken)
    {
        if (RingAddress.Segment(deviceId) is not { } segment)
        {
            return Task.FromResult<RingResult<RingMedia>>(new RingFailure.Refused(400, "Not a device id"));
        }

        var call = Call(operation, HttpMethod.Post, $"/v1/devices/{segment}/media/{kind}/download", accessToken, priority) with
        {
            Content = () => new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        return _media.OpenAsync(call, most, cancellationToken);
    }
}
