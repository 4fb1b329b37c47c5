namespace RingPortal.Web.Ring;

/// <summary>What a camera model can do (contract 3.9). Read-only: a listed feature can not be switched through this API.</summary>
/// <param name="VideoCodecs"><c>AVC</c>, <c>HEVC</c>.</param>
/// <param name="VideoRatio">For example <c>16:9</c>.</param>
/// <param name="MaxResolution">Lines, up to 2160.</param>
/// <param name="SupportedResolutions">Lines.</param>
/// <param name="VideoFeatures">For example <c>resolution_mode</c>.</param>
/// <param name="MotionFeatures"><c>enabled</c>, <c>motion_zones</c>.</param>
/// <param name="ImageFeatures"><c>color_night_vision</c>, <c>hdr</c>, <c>ir_led_night_vision</c>, <c>auto_zoom_track</c>, <c>privacy_zones</c>.</param>
public sealed record RingCapabilities(
    IReadOnlyList<string> VideoCodecs,
    string? VideoRatio,
    int? MaxResolution,
    IReadOnlyList<int> SupportedResolutions,
    IReadOnlyList<string> VideoFeatures,
    IReadOnlyList<string> MotionFeatures,
    IReadOnlyList<string> ImageFeatures);
