using System.Text.Json.Serialization;
using RingPortal.Web.Features.Subscriptions;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Devices;

/// <summary>Everything that a page says of one camera.</summary>
/// <param name="Id">Our own id, the one in the address.</param>
/// <param name="Name">As the person named it in the Ring app.</param>
/// <param name="Status">Online or not.</param>
/// <param name="Capabilities">What the model can do; null when Ring never said.</param>
/// <param name="Configurations">How it is set up; null when Ring did not say.</param>
/// <param name="Country">ISO code.</param>
/// <param name="Region">State or region.</param>
/// <param name="MaskedAccount">The Ring account that shares it.</param>
/// <param name="AddedAt">When it first appeared here.</param>
/// <param name="RefreshedAt">When Ring last told us about it.</param>
/// <param name="News">How old the news of its account are.</param>
/// <param name="TimeZone">IANA zone of the reader.</param>
/// <param name="Plan">The plan that gives access; null where none is needed.</param>
/// <param name="HasNoPicture">Whether it is known that there is no picture now.</param>
public sealed record CameraDetails(
    Guid Id,
    string Name,
    CameraStatus Status,
    RingCapabilities? Capabilities,
    RingConfigurations? Configurations,
    string? Country,
    string? Region,
    string? MaskedAccount,
    DateTimeOffset AddedAt,
    DateTimeOffset RefreshedAt,
    CameraNews News,
    string? TimeZone,
    CameraPlan? Plan = null,
    bool HasNoPicture = false)
{
    /// <summary>Whether it is shown without its services.</summary>
    [JsonIgnore]
    public bool NeedsPlan => Plan is { IsActive: false };
}
