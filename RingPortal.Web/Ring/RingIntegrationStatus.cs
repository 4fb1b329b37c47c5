namespace RingPortal.Web.Ring;

/// <summary>How Ring sees the link (contract 1.3).</summary>
public enum RingIntegrationStatus
{
    /// <summary>A word that this version does not know, or none.</summary>
    Unknown,

    /// <summary>Confirmed by nonce, or paused; not completed.</summary>
    Awaiting,

    /// <summary>Linked.</summary>
    Completed,
}
