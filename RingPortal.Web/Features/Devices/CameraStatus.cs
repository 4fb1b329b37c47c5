using System.Text.Json.Serialization;

namespace RingPortal.Web.Features.Devices;

/// <summary>Whether a camera is online, as far as Ring told.</summary>
/// <param name="Online">Null when Ring did not say.</param>
/// <param name="OfflineSince">When we learnt that it is offline.</param>
/// <param name="LastOnlineAt">When it was last known to be online.</param>
public sealed record CameraStatus(bool? Online, DateTimeOffset? OfflineSince, DateTimeOffset? LastOnlineAt)
{
    // Cameras are listed about once a minute while somebody looks; beyond that, nobody knows when it went.
    private static readonly TimeSpan s_watched = TimeSpan.FromMinutes(5);

    /// <summary>Whether it went offline when we learnt of it, not some time before.</summary>
    [JsonIgnore]
    public bool IsOfflineSinceExact => OfflineSince - LastOnlineAt <= s_watched;
}
