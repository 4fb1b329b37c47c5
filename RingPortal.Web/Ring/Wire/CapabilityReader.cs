using System.Text.Json;

namespace RingPortal.Web.Ring.Wire;

/// <summary>Capabilities (contract 3.9); whole groups can be missing.</summary>
internal static class CapabilityReader
{
    public static RingCapabilities? Read(JsonElement? attributes)
    {
        if (attributes is null)
        {
            return null;
        }

        var video = attributes.Member("video");
        return new(
            video.Texts("codecs"),
            video.Text("ratio"),
            video.Whole("max_resolution"),
            [.. video.Items("supported_resolutions").Where(IsWhole).Select(item => item.GetInt32())],
            video.Texts("configurations"),
            attributes.Member("motion_detection").Texts("configurations"),
            attributes.Member("image_enhancements").Texts("configurations"));
    }

    private static bool IsWhole(JsonElement item) => item.ValueKind is JsonValueKind.Number && item.TryGetInt32(out _);
}
