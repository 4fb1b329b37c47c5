using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace RingPortal.Web.Features.Tokens.Intake;

/// <summary>
/// Finds the authorization code in every form in which the Token Exchange URL was ever seen to be called
/// (contract 2.1.1). Ring does not document the request, so the reader is lenient in shape and strict in value.
/// </summary>
internal static class CodeReader
{
    public const int MaxCodeLength = 2048;

    public static CodeReading Read(string? contentType, ReadOnlyMemory<byte> body, IQueryCollection query)
    {
        var fields = ReadBody(contentType, body);
        var codes = Values(fields, "code").Concat(Values(fields, "authorization_code"))
            .Concat(query["code"]).Concat(query["authorization_code"])
            .Where(code => !string.IsNullOrEmpty(code)).Distinct(StringComparer.Ordinal).ToList();
        return codes switch
        {
            [] => new CodeReading.Missing("no code in body or query"),
            [{ Length: > MaxCodeLength }] => new CodeReading.Missing("the code is too long"),
            [{ } code] when code.Any(char.IsControl) => new CodeReading.Missing("the code has control characters"),
            [{ } code] => new CodeReading.Found(code, Verifier(fields)),
            _ => new CodeReading.Missing("two different codes"),
        };
    }

    /// <summary>Names of the fields that came, for the log; values are never logged.</summary>
    public static IEnumerable<string> FieldNames(string? contentType, ReadOnlyMemory<byte> body) =>
        ReadBody(contentType, body).Keys.Take(20).Select(name => name.Length > 40 ? name[..40] : name);

    private static string? Verifier(Dictionary<string, StringValues> fields) =>
        Values(fields, "code_verifier").FirstOrDefault(verifier => verifier is { Length: > 0 and <= 256 });

    private static StringValues Values(Dictionary<string, StringValues> fields, string name) => fields.GetValueOrDefault(name);

    private static Dictionary<string, StringValues> ReadBody(string? contentType, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return [];
        }

        var text = Encoding.UTF8.GetString(body.Span).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        var mediaType = (contentType ?? "").Split(';')[0].Trim().ToUpperInvariant();
        var isForm = mediaType is "APPLICATION/X-WWW-FORM-URLENCODED";
        return !isForm && text.StartsWith('{') ? ReadJson(text) : QueryHelpers.ParseQuery(text.TrimEnd());
    }

    private static Dictionary<string, StringValues> ReadJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16 });
            var fields = new Dictionary<string, StringValues>(StringComparer.Ordinal);
            foreach (var (name, value) in document.RootElement.EnumerateObject().Select(Text).OfType<KeyValuePair<string, string>>())
            {
                fields[name] = StringValues.Concat(fields.GetValueOrDefault(name), value);
            }

            return fields;
        }
        catch (JsonException)
        {
            // Not JSON after all: there is no code in it, and the caller is told so.
            return [];
        }
    }

    /// <summary>Null for what is no text; an unknown field never fails the request, not even a broken one.</summary>
    private static KeyValuePair<string, string>? Text(JsonProperty property)
    {
        try
        {
            return property.Value.ValueKind is JsonValueKind.String ? new(property.Name, property.Value.GetString()!) : null;
        }
        catch (InvalidOperationException)
        {
            // The only way JsonElement has to say that a name or a value is no valid Unicode.
            return null;
        }
    }
}
