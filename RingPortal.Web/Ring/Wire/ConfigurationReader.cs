using System.Text.Json;

namespace RingPortal.Web.Ring.Wire;

/// <summary>Configurations (contract 3.9). Privacy zones are passed over unread.</summary>
internal static class ConfigurationReader
{
    private const int FewestVertices = 3;

    public static RingConfigurations? Read(JsonElement? attributes)
    {
        if (attributes is null)
        {
            return null;
        }

        var motion = attributes.Member("motion_detection");
        var image = attributes.Member("image_enhancements");
        return new(
            Switch(motion, "enabled"),
            [.. motion.Items("motion_zones").Select(zone => Zone(zone)).OfType<RingZone>()],
            Switch(image, "color_night_vision"),
            Switch(image, "hdr"),
            Switch(image, "ir_led_night_vision"),
            Switch(image, "auto_zoom_track"));
    }

    private static RingSwitch Switch(JsonElement? group, string name) => group.Text(name) switch
    {
        "on" => RingSwitch.On,
        "off" => RingSwitch.Off,
        _ => RingSwitch.Unknown,
    };

    /// <summary>A polygon with a corner that is none is left out whole: without it, it would be another polygon.</summary>
    private static RingZone? Zone(JsonElement? zone)
    {
        var vertices = zone.Items("vertices").Select(vertex => Point(vertex)).ToList();
        return vertices.Count >= FewestVertices && vertices.TrueForAll(vertex => vertex is not null)
            ? new(zone.Text("id"), [.. vertices.OfType<RingPoint>()])
            : null;
    }

    private static RingPoint? Point(JsonElement? vertex) =>
        vertex.Number("x") is >= 0 and <= 1 and { } x && vertex.Number("y") is >= 0 and <= 1 and { } y ? new RingPoint(x, y) : null;
}
