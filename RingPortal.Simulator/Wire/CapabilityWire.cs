namespace RingPortal.Simulator.Wire;

/// <summary>Capabilities (contract 3.9); whole groups can be missing.</summary>
internal sealed record CapabilityAttributes(VideoCapability Video, ConfigurableCapability? MotionDetection, ConfigurableCapability? ImageEnhancements);

internal sealed record VideoCapability(
    IReadOnlyList<string> Codecs, string Ratio, int MaxResolution, IReadOnlyList<int> SupportedResolutions, IReadOnlyList<string> Configurations);

internal sealed record ConfigurableCapability(IReadOnlyList<string> Configurations);

/// <summary>Configurations (contract 3.9).</summary>
internal sealed record ConfigurationAttributes(MotionConfiguration? MotionDetection, ImageConfiguration? ImageEnhancements);

internal sealed record MotionConfiguration(string Enabled, IReadOnlyList<Zone> MotionZones);

internal sealed record ImageConfiguration(
    string ColorNightVision, string Hdr, string IrLedNightVision, string AutoZoomTrack, IReadOnlyList<Zone> PrivacyZones);

internal sealed record Zone(string Id, IReadOnlyList<Vertex> Vertices)
{
    public static Zone Box(string id, double left, double top, double right, double bottom) =>
        new(id, [new(left, top), new(right, top), new(right, bottom), new(left, bottom)]);
}

internal sealed record Vertex(double X, double Y);
