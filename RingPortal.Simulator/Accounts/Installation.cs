namespace RingPortal.Simulator.Accounts;

/// <summary>One installation of the partner's app by a Ring user; a second one stands beside the first until the app is removed.</summary>
public sealed record Installation
{
    /// <summary>Internal id; tokens belong to it.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string AccountKey { get; init; }

    /// <summary>Where it stands.</summary>
    public IntegrationStatus Status { get; init; }

    /// <summary>The masked name that the partner told, shown to the Ring user.</summary>
    public string? AccountIdentifier { get; init; }

    /// <summary>When it was installed.</summary>
    public required DateTimeOffset InstalledAt { get; init; }

    /// <summary>When its status last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    internal bool DevicesAllowed => Status is IntegrationStatus.Awaiting or IntegrationStatus.Completed;
}
