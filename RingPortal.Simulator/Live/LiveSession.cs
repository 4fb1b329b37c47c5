namespace RingPortal.Simulator.Live;

/// <summary>A live session that is open at Ring.</summary>
/// <param name="Id">Opaque id, last part of the address.</param>
/// <param name="AccountKey">Whose device it is.</param>
/// <param name="DeviceId">Which device.</param>
/// <param name="OpenedAt">When it began, by the cloud's clock.</param>
/// <param name="EndsAt">When Ring ends it by itself.</param>
/// <param name="Location">Its address, as the <c>Location</c> header tells it (contract 8.2).</param>
public sealed record LiveSession(string Id, string AccountKey, string DeviceId, DateTimeOffset OpenedAt, DateTimeOffset EndsAt, Uri Location);
