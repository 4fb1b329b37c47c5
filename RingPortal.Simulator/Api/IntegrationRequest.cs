using System.Text.Json;

namespace RingPortal.Simulator.Api;

/// <summary>The body of a POST or PATCH, read strictly: strings only, no member that Ring does not know.</summary>
internal sealed record IntegrationRequest(string? Nonce, string? Status, string? AccountIdentifier)
{
    /// <summary>The request, or the sentence that says what is wrong with it.</summary>
    public static (IntegrationRequest? Request, string? Problem) Parse(JsonElement body, params string[] known)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return (null, "The body must be a JSON object.");

        foreach (var member in body.EnumerateObject())
        {
            if (!known.Contains(member.Name))
                return (null, $"Unknown member {member.Name}.");

            if (member.Value.ValueKind != JsonValueKind.String)
                return (null, $"{member.Name} must be a string.");
        }

        var request = new IntegrationRequest(Text("nonce"), Text("status"), Text("account_identifier"));
        return request.AccountIdentifier is { } shown && shown.Contains('@') && !shown.Contains('*')
            ? (null, "account_identifier must be masked.")
            : (request, null);

        string? Text(string name) => body.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
