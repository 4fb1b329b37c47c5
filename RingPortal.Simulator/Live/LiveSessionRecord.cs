namespace RingPortal.Simulator.Live;

/// <summary>A live session in the list of all that ever were.</summary>
/// <param name="Id">Opaque id, last part of the address.</param>
/// <param name="AccountKey">Whose device it is.</param>
/// <param name="DeviceId">Which device.</param>
/// <param name="OpenedAt">When it began, by the cloud's clock.</param>
/// <param name="EndsAt">When Ring would have ended it by itself.</param>
/// <param name="OpenOnDevice">How many sessions of the device were open when it began, itself among them: more than 1 is two at once.</param>
/// <param name="ClosedAt">When it ended; none while it is open.</param>
/// <param name="ClosedBy">Who ended it.</param>
/// <param name="Deletes">How many <c>DELETE</c>s of it came, effective or not.</param>
/// <param name="Play">How far its picture came.</param>
/// <param name="Frames">How many frames were drawn for it.</param>
public sealed record LiveSessionRecord(
    string Id,
    string AccountKey,
    string DeviceId,
    DateTimeOffset OpenedAt,
    DateTimeOffset EndsAt,
    int OpenOnDevice,
    DateTimeOffset? ClosedAt,
    LiveEnd? ClosedBy,
    int Deletes,
    LivePlay Play,
    int Frames);
