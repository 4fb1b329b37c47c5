using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Devices;

/// <summary>What Ring said about cameras of one link.</summary>
/// <param name="RingTokenId">The link.</param>
/// <param name="AskedAt">When Ring was asked (UTC): what is known from later is not overwritten.</param>
/// <param name="Devices">The cameras.</param>
internal sealed record DeviceListing(Guid RingTokenId, DateTimeOffset AskedAt, IReadOnlyList<RingDevice> Devices)
{
    public string[] RingDeviceIds => [.. Devices.Select(device => device.Id)];
}

/// <summary>A camera that several listings have missed.</summary>
internal sealed record MissingDevice(Guid Id, string RingDeviceId);
