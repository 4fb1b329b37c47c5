namespace RingPortal.Data.Linking;

/// <summary>
/// A Ring account whose user disconnected here while the app may still be installed at Ring: what Ring still sends for it is
/// answered and dropped. Only a hash of the account id is kept.
/// </summary>
public sealed class DisconnectedAccount
{
    /// <summary>SHA-256 of Ring's account id.</summary>
    public required byte[] AccountHash { get; init; }

    /// <summary>When the person disconnected (UTC).</summary>
    public required DateTimeOffset DisconnectedAt { get; set; }
}
