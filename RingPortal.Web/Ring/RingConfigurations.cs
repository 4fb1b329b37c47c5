namespace RingPortal.Web.Ring;

/// <summary>How a camera is set up in the Ring app (contract 3.9). Privacy zones are not read: nothing may be known of them.</summary>
/// <param name="MotionDetection">Off means that no motion events are to be expected.</param>
/// <param name="MotionZones">Motion is reported only inside these.</param>
/// <param name="ColorNightVision">Colour at night.</param>
/// <param name="Hdr">High dynamic range.</param>
/// <param name="InfraredNightVision">Infrared light at night.</param>
/// <param name="AutoZoomTrack">The picture follows what moves.</param>
public sealed record RingConfigurations(
    RingSwitch MotionDetection,
    IReadOnlyList<RingZone> MotionZones,
    RingSwitch ColorNightVision,
    RingSwitch Hdr,
    RingSwitch InfraredNightVision,
    RingSwitch AutoZoomTrack);

/// <summary>A switch of a camera: <c>"on"</c>, <c>"off"</c>, or anything else.</summary>
public enum RingSwitch
{
    /// <summary>Ring did not say, or said something else.</summary>
    Unknown,

    /// <summary>Off.</summary>
    Off,

    /// <summary>On.</summary>
    On,
}

/// <summary>A polygon in the picture.</summary>
/// <param name="Id">Ring's id of it.</param>
/// <param name="Vertices">Its corners in order, at least three.</param>
public sealed record RingZone(string? Id, IReadOnlyList<RingPoint> Vertices);

/// <summary>A point of the picture: 0 to 1 from the left and from the top.</summary>
/// <param name="X">From the left.</param>
/// <param name="Y">From the top.</param>
public readonly record struct RingPoint(double X, double Y);
