namespace RingPortal.Simulator.Accounts;

/// <summary>A Ring user with devices.</summary>
public sealed record RingAccount
{
    /// <summary>Short name used by tests and by the page.</summary>
    public required string Key { get; init; }

    /// <summary>Ring's opaque account id.</summary>
    public required string AccountId { get; init; }

    /// <summary>First name, as <c>/v1/users/me</c> tells it.</summary>
    public required string FirstName { get; init; }

    /// <summary>Last name.</summary>
    public required string LastName { get; init; }

    /// <summary>The Ring e-mail; missing for some accounts.</summary>
    public string? Email { get; init; }

    /// <summary>Phone number; missing for some accounts.</summary>
    public string? Phone { get; init; }

    /// <summary>All devices, shared or not.</summary>
    public IReadOnlyList<RingDevice> Devices { get; init; } = [];

    /// <summary>What the partner may see.</summary>
    internal IReadOnlyList<RingDevice> Visible => [.. Devices.Where(device => device.Visible)];

    /// <summary>Both names.</summary>
    public string FullName => $"{FirstName} {LastName}";
}
