using System.Text.Json;

namespace RingPortal.Web.Ring.Wire;

/// <summary>The strict reader of deliveries: what it does not understand for certain is quarantined, never guessed.</summary>
internal static class EnvelopeReader
{
    private const int LongestText = 200;

    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    public static RingEnvelopeReading Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, s_strict);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return RingEnvelopeReading.Unreadable("not JSON, a repeated key, or nested too deeply");
        }
        catch (InvalidOperationException)
        {
            // The only way JsonElement has to say that the name of a member is no valid Unicode.
            return RingEnvelopeReading.Unreadable("a name that is no text");
        }
        catch (EnvelopeException exception)
        {
            return RingEnvelopeReading.Unreadable(exception.Message);
        }
    }

    private static RingEnvelopeReading Read(JsonElement root)
    {
        var meta = Group(root, "meta") ?? throw new EnvelopeException("no meta");
        var data = Group(root, "data");
        var attributes = data is { } group ? Group(group, "attributes") : null;
        return RingEnvelopeReading.Of(new(
            Text(meta, "request_id") ?? throw new EnvelopeException("no meta.request_id"),
            Text(meta, "account_id"),
            Text(data, "type", 100),
            Text(data, "id", 500),
            Text(attributes, "source"),
            EnvelopeTimes.Sent(meta),
            attributes is { } times ? EnvelopeTimes.Occurred(times) : null));
    }

    private static JsonElement? Group(JsonElement parent, string name)
    {
        if (parent.ValueKind is not JsonValueKind.Object)
        {
            throw new EnvelopeException("not an object where one belongs");
        }

        return !parent.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null ? null
            : value.ValueKind is JsonValueKind.Object ? value
            : throw new EnvelopeException($"{name} is not an object");
    }

    private static string? Text(JsonElement? parent, string name, int longest = LongestText)
    {
        if (parent is not { } group || !group.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        var text = value.StorableText() ?? throw new EnvelopeException($"{name} is not a text that can be stored");
        return text.Length is 0 ? null
            : text.Length <= longest ? text
            : throw new EnvelopeException($"{name} is too long");
    }
}
