namespace RingPortal.Web.Components;

/// <summary>What a pill, panel or banner says about a state.</summary>
public enum StatusKind
{
    /// <summary>A plain fact that is nobody's failure, such as an offline camera.</summary>
    Neutral,

    /// <summary>Works, done, passed.</summary>
    Success,

    /// <summary>Waiting, trying again, ends soon.</summary>
    Warning,

    /// <summary>Stopped, not passed, needs the reader.</summary>
    Error,

    /// <summary>New, running, good to know.</summary>
    Info,
}
