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

    /// <summary>The user's permission for the partner stands; it can be revoked while the device stays chosen.</summary>
    public bool Permitted { get; init; } = true;

    /// <summary>Ids of its cameras, when it has more than one.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>ISO country code of its location.</summary>
    public string Country { get; init; } = "US";

    /// <summary>State or province, when there is one.</summary>
    public string? Region { get; init; }

    internal bool Visible => Shared && Permitted;

    internal string Tail => Id[(Id.LastIndexOf('.') + 1)..];
}
