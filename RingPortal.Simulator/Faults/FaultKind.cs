namespace RingPortal.Simulator.Faults;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>The call works, but later.</summary>
    Slow,

    /// <summary>An error answer without any effect.</summary>
    Answer,

    /// <summary>An answer with an empty body, without any effect.</summary>
    EmptyBody,

    /// <summary>An answer with an HTML page, as a proxy would give it, without any effect.</summary>
    HtmlBody,

    /// <summary>The connection breaks before anything happened.</summary>
    DropBefore,

    /// <summary>The call has its effect, then the connection breaks.</summary>
    DropAfter,
}
