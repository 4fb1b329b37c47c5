using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Api;

/// <summary>What each kind of device can do and how its owner set it.</summary>
internal static class DeviceTraits
{
    private static readonly ConfigurableCapability Motion = new(["enabled", "motion_zones"]);

    public static CapabilityAttributes Capabilities(DeviceModel model) => model switch
    {
        DeviceModel.Doorbell => new(
            new(["AVC"], "1:1", 1536, [480, 720, 1080, 1536], ["resolution_mode"]), Motion, new(["color_night_vision", "hdr", "privacy_zones"])),
        DeviceModel.BatteryCamera => new(
            new(["AVC"], "16:9", 1080, [480, 720, 1080], ["resolution_mode"]), Motion, new(["ir_led_night_vision", "privacy_zones"])),
        DeviceModel.Camera4K => new(
            new(["AVC", "HEVC"], "16:9", 2160, [720, 1080, 1440, 2160], ["resolution_mode"]),
            Motion,
            new(["color_night_vision", "hdr", "ir_led_night_vision", "auto_zoom_track", "privacy_zones"])),
        _ => new(new(["AVC"], "16:9", 720, [480, 720], []), null, null),
    };

    public static ConfigurationAttributes Configurations(DeviceModel model) => model switch
    {
        DeviceModel.Doorbell => new(
            new("on", [Zone.Box("4c5d3f0e-77a1-4a0d-8b6e-3d2f9a1c0b11", 0, 0.25, 1, 1)]), new("off", "on", "off", "off", [])),
        DeviceModel.BatteryCamera => new(new("off", []), new("off", "off", "on", "off", [])),
        DeviceModel.Camera4K => new(
            new("on", [
                Zone.Box("9b1de0c2-2f5e-4f7a-a8c6-51d4c0a7e201", 0, 0.4, 0.55, 1),
                new("9b1de0c2-2f5e-4f7a-a8c6-51d4c0a7e202", [new(0.6, 0.5), new(0.95, 0.45), new(1, 0.8), new(0.8, 1), new(0.58, 0.9)])]),
            new("on", "on", "off", "on", [Zone.Box("9b1de0c2-2f5e-4f7a-a8c6-51d4c0a7e203", 0.7, 0, 1, 0.3)])),
        _ => new(null, null),
    };
}
