using System.Text.Json;

namespace RingPortal.Web.Ring.Wire;

/// <summary>A listing of devices, or one device (contract 3.7, 3.8). What is included is joined by type and id, never by position.</summary>
internal sealed class DeviceDocument
{
    private readonly JsonElement? _root;
    private readonly Dictionary<(string Type, string Id), JsonElement> _included = [];

    private DeviceDocument(JsonElement root)
    {
        _root = root;
        foreach (JsonElement? resource in _root.Items("included"))
        {
            if (Key(resource) is { } key)
            {
                _included.TryAdd(key, resource.Value);
            }
        }
    }

    /// <summary>Where the next page is; null on the last one.</summary>
    public string? Next => _root.Member("links").Text("next") ?? _root.Member("links").Member("next").Text("href");

    /// <summary>All devices of a listing; null when there is no list.</summary>
    public IReadOnlyList<RingDevice>? List() =>
        _root.Member("data") is { ValueKind: JsonValueKind.Array } data
            ? [.. data.EnumerateArray().Select(Device).OfType<RingDevice>()]
            : null;

    /// <summary>The one device; null when there is none.</summary>
    public RingDevice? Single() => _root.Member("data") is { ValueKind: JsonValueKind.Object } data ? Device(data) : null;

    public static DeviceDocument Of(JsonElement root) => new(root);

    private RingDevice? Device(JsonElement element)
    {
        JsonElement? resource = element;
        if (resource.Text("id") is not { } id)
        {
            return null;
        }

        var location = Included(resource, "location");
        return new(
            id,
            resource.Member("attributes").Text("name"),
            Included(resource, "status").Flag("online"),
            CapabilityReader.Read(Included(resource, "capabilities")),
            ConfigurationReader.Read(Included(resource, "configurations")),
            location.Text("country"),
            location.Text("state"));
    }

    /// <summary>Attributes of a related resource; null when it was not asked for or is missing.</summary>
    private JsonElement? Included(JsonElement? resource, string relationship) =>
        Key(resource.Member("relationships").Member(relationship).Member("data")) is { } key && _included.TryGetValue(key, out var included)
            ? ((JsonElement?)included).Member("attributes")
            : null;

    private static (string Type, string Id)? Key(JsonElement? identifier) =>
        identifier.Text("type") is { } type && identifier.Text("id") is { } id ? (type, id) : null;
}
