namespace RingPortal.Web.Features.Events.History;

/// <summary>A camera whose history is read.</summary>
/// <param name="DeviceId">Our key.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="RingTokenId">The link whose tokens are used.</param>
/// <param name="RingDeviceId">Ring's id.</param>
/// <param name="Floor">What began before is not written: it is older than the consent, or than what is kept.</param>
internal sealed record HistoryCamera(Guid DeviceId, Guid UserId, Guid RingTokenId, string RingDeviceId, DateTimeOffset Floor);
