namespace RingPortal.Simulator.Accounts;

/// <summary>Why a device leaves the integration; the partner is told the same of each (contract 5.7.4).</summary>
public enum RemovalCause
{
    /// <summary>The user takes it out of the app's choice of devices.</summary>
    TakenOut,

    /// <summary>The user deletes it from the Ring account.</summary>
    DeletedAtRing,

    /// <summary>The user revokes the permission for it.</summary>
    PermissionRevoked,
}
