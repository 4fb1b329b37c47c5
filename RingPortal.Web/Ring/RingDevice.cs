namespace RingPortal.Web.Ring;

/// <summary>A camera as Ring lists it, with what was included (contract 3.7-3.9). Facts, never controls.</summary>
/// <param name="Id">Opaque; never parsed, never shown.</param>
/// <param name="Name">As the person named it in the Ring app; null when Ring did not say.</param>
/// <param name="Online">Null when Ring did not say, which is not offline.</param>
/// <param name="Capabilities">What the model can do; null when Ring did not say.</param>
/// <param name="Configurations">How it is set up; null when Ring did not say.</param>
/// <param name="Country">ISO code of where it is.</param>
/// <param name="State">State or region of where it is.</param>
public sealed record RingDevice(
    string Id,
    string? Name,
    bool? Online,
    RingCapabilities? Capabilities,
    RingConfigurations? Configurations,
    string? Country,
    string? State);
