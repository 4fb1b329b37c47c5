using System.Text.Json;

namespace RingPortal.Web.Ring.Wire;

/// <summary>The answer of <c>users/me</c> (contract 3.3).</summary>
internal static class UserDocument
{
    private const int LongestId = 200;

    /// <summary>Null when there is no user in it; every attribute, and with some sandbox tokens the id, may be missing.</summary>
    public static RingUser? Read(JsonElement? root)
    {
        if (root.Member("data") is not { ValueKind: JsonValueKind.Object })
        {
            return null;
        }

        var data = root.Member("data");
        var attributes = data.Member("attributes");
        return new(
            data.Text("id") is { Length: <= LongestId } id ? id : null,
            attributes.Text("first_name"),
            attributes.Text("last_name"),
            attributes.Text("email"));
    }
}
