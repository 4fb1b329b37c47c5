using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RingPortal.Web.Features.Webhooks.Desk;

/// <summary>
/// A payload for operators: indented, and of its values only those that are known to tell nothing about anybody. The others
/// are not hidden but absent. What Ring adds one day is folded until it is known.
/// </summary>
internal static class FoldedPayload
{
    /// <summary>In the place of a value.</summary>
    public const string Folded = "(folded)";

    private static readonly JsonWriterOptions s_form = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly HashSet<string> s_plain = new(StringComparer.Ordinal)
    {
        "meta.version", "meta.time", "meta.request_id",
        "data.type", "data.subType",
        "data.attributes.source_type", "data.attributes.sub_type", "data.attributes.timestamp", "data.attributes.timestamp_readable", "data.attributes.expires_at",
        "data.relationships.devices.data.type",
    };

    /// <summary>The payload with personal values folded; null when it is no JSON.</summary>
    public static string? Write(ReadOnlyMemory<byte> body) => Write(body, isFolded: true);

    /// <summary>The payload whole; null when it is no JSON.</summary>
    public static string? WriteWhole(ReadOnlyMemory<byte> body) => Write(body, isFolded: false);

    private static string? Write(ReadOnlyMemory<byte> body, bool isFolded)
    {
        if (body.IsEmpty)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            var bytes = new ArrayBufferWriter<byte>(body.Length * 2);
            using (var writer = new Utf8JsonWriter(bytes, s_form))
            {
                Write(writer, document.RootElement, "", isFolded);
            }

            return Encoding.UTF8.GetString(bytes.WrittenSpan);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, string path, bool isFolded)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}", isFolded);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item, path, isFolded);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Null:
                writer.WriteNullValue();
                break;
            default:
                if (isFolded && !s_plain.Contains(path))
                {
                    writer.WriteStringValue(Folded);
                }
                else
                {
                    element.WriteTo(writer);
                }

                break;
        }
    }
}
