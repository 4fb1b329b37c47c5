using RingPortal.Web.Features.Devices;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Devices;

/// <summary>Views as pages get them, at the afternoon of <see cref="Look.LookContext"/>.</summary>
internal static class CameraViews
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 23, 14, 20, 11, TimeSpan.Zero);

    public static CameraStatus Online { get; } = new(true, null, Now);

    public static CameraStatus Offline { get; } = new(false, Now.AddHours(-2), Now.AddHours(-2).AddMinutes(-1));

    public static CameraStatus Unknown { get; } = new(null, null, null);

    public static CameraNews Fresh { get; } = new(Now, null);

    public static RingCapabilities Best { get; } = new(
        ["AVC", "HEVC"], "16:9", 2160, [1080, 2160], ["resolution_mode"], ["enabled", "motion_zones"],
        ["color_night_vision", "hdr", "ir_led_night_vision", "auto_zoom_track", "privacy_zones"]);

    public static CameraCard Card(string name, CameraStatus? status = null) => new(Guid.CreateVersion7(), name, status ?? Online);

    public static CameraHome Home(CameraNews news, params CameraCard[] cards) => new(Guid.CreateVersion7(), "m***a@example.com", news, cards);

    public static CamerasView View(params CameraHome[] homes) => new(homes, "UTC");

    public static RingConfigurations Settings(RingSwitch motion, int zones) => new(
        motion,
        [.. Enumerable.Range(0, zones).Select(zone => new RingZone($"zone-{zone}", [new(0, 0), new(1, 0), new(1, 1)]))],
        RingSwitch.On, RingSwitch.Off, RingSwitch.Unknown, RingSwitch.On);

    public static CameraDetails Details(RingCapabilities? capabilities, RingConfigurations? settings) => new(
        Guid.CreateVersion7(), "Front Door", Online, capabilities, settings, "US", "CA", "m***a@example.com", Now.AddDays(-3), Now, Fresh, "UTC");
}
