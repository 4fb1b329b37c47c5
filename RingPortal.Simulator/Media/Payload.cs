using System.Text.Json;

namespace RingPortal.Simulator.Media;

/// <summary>The body does not hold to the contract; says which member and why.</summary>
internal sealed class PayloadException(string pointer, string detail) : Exception(detail)
{
    public string Pointer { get; } = pointer;
}

/// <summary>Reads a JSON object strictly: each member by its type and range, and none that is not known.</summary>
internal sealed class Payload
{
    private readonly JsonElement value;
    private readonly string path;

    public Payload(JsonElement value, string path, params string[] known)
    {
        (this.value, this.path) = (value, path);
        if (value.ValueKind != JsonValueKind.Object)
            throw new PayloadException(path, "must be an object");

        if (value.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !known.Contains(name)) is { } stranger)
            throw new PayloadException(Pointer(stranger), "is not known");
    }

    public bool Has(string name) => value.TryGetProperty(name, out _);

    public long Number(string name, long least, long most) =>
        OptionalNumber(name, least, most) ?? throw new PayloadException(Pointer(name), $"{name} is required");

    public long? OptionalNumber(string name, long least, long most)
    {
        if (!value.TryGetProperty(name, out var member))
            return null;

        return member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var number) && number >= least && number <= most
            ? number
            : throw new PayloadException(Pointer(name), $"{name} must be a whole number from {least} to {most}");
    }

    public string Choice(string name, string? otherwise, params string[] choices)
    {
        if (!value.TryGetProperty(name, out var member))
            return otherwise ?? throw new PayloadException(Pointer(name), $"{name} is required");

        return member.ValueKind == JsonValueKind.String && choices.Contains(member.GetString())
            ? member.GetString()!
            : throw new PayloadException(Pointer(name), $"{name} must be one of {string.Join(", ", choices)}");
    }

    public bool Flag(string name, bool otherwise)
    {
        if (!value.TryGetProperty(name, out var member))
            return otherwise;

        return member.ValueKind is JsonValueKind.True or JsonValueKind.False ? member.GetBoolean() : throw new PayloadException(Pointer(name), $"{name} must be true or false");
    }

    public Payload? Part(string name, params string[] known) => value.TryGetProperty(name, out var member) ? new(member, Pointer(name), known) : null;

    private string Pointer(string name) => path.Length == 0 ? name : $"{path}/{name}";
}
