namespace RingPortal.Simulator.Accounts;

/// <summary>Where an installation stands (contract 1.3).</summary>
public enum IntegrationStatus
{
    /// <summary>Installed; the user has not finished the partner's sign-in.</summary>
    Pending,

    /// <summary>The partner's POST was accepted; devices can be read.</summary>
    Awaiting,

    /// <summary>The partner's PATCH completed it.</summary>
    Completed,

    /// <summary>The user removed the app.</summary>
    Removed,
}
