using System.Text.Json;
using System.Text.Json.Serialization;

namespace RingPortal.Web.Features.Devices;

/// <summary>How capabilities and configurations are written into the database, and read from it.</summary>
internal static class DeviceJson
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static string? Write<T>(T? facts)
        where T : class => facts is null ? null : JsonSerializer.Serialize(facts, s_options);

    public static T? Read<T>(string? json)
        where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json, s_options);
}
