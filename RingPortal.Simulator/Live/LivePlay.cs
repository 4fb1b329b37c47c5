namespace RingPortal.Simulator.Live;

/// <summary>How far the picture of a live session has come.</summary>
public enum LivePlay
{
    /// <summary>No picture was asked for: opened by a test, or without media.</summary>
    None,

    /// <summary>Nobody has connected to it yet.</summary>
    Waiting,

    /// <summary>Pictures are sent.</summary>
    Playing,

    /// <summary>No picture is sent for now: frozen on purpose, the device is offline, or nobody listens any more.</summary>
    Still,

    /// <summary>It ended with the session.</summary>
    Over,

    /// <summary>The connection could not be made; the console says why.</summary>
    Failed,
}
