namespace RingPortal.Simulator.Deliveries;

/// <summary>What is wrong with the signature of an event, on purpose.</summary>
public enum SignatureFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Made with another key.</summary>
    WrongKey,

    /// <summary>The right code, but written in Base64.</summary>
    Base64,

    /// <summary>No header at all.</summary>
    Missing,

    /// <summary>One digit short.</summary>
    Truncated,
}
