namespace RingPortal.Simulator.Accounts;

/// <summary>A device of a Ring user.</summary>
public sealed record RingDevice
{
    /// <summary>Opaque device id.</summary>
    public required string Id { get; init; }

    /// <summary>The name that the user gave.</summary>
    public required string Name { get; init; }

    /// <summary>What kind it is; never told to the partner.</summary>
    public required DeviceModel Model { get; init; }

    /// <summary>Connected right now.</summary>
    public bool Online { get; init; } = true;

    /// <summary>Shared with the partner.</summary>
    public bool Shared { get; init; } = true;

    /// <summary>ISO country code of its location.</summary>
    public string Country { get; init; } = "US";

    /// <summary>State or province, when there is one.</summary>
    public string? Region { get; init; }

    internal string Tail => Id[(Id.LastIndexOf('.') + 1)..];
}
