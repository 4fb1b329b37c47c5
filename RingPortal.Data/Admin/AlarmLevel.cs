namespace RingPortal.Data.Admin;

/// <summary>How soon a human is needed.</summary>
public enum AlarmLevel
{
    /// <summary>Today.</summary>
    Warning,

    /// <summary>Now.</summary>
    Critical,
}
