using System.Text.Json;
using System.Text.Json.Serialization;

namespace RingPortal.Web.Ring.Wire;

/// <summary>Body of the POST that confirms a link (contract 3.4).</summary>
internal sealed record ConfirmLinkBody(
    [property: JsonPropertyName("account_identifier")] string? AccountIdentifier,
    [property: JsonPropertyName("nonce")] string Nonce);

/// <summary>Body of the PATCH that completes or pauses it (contract 3.5).</summary>
internal sealed record LinkStatusBody(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("account_identifier")] string? AccountIdentifier);

/// <summary>The words of the link's status and the two shapes in which Ring answers.</summary>
internal static class LinkDocument
{
    private const string Awaiting = "awaiting";
    private const string Completed = "completed";

    public static string Word(RingIntegrationStatus status) => status switch
    {
        RingIntegrationStatus.Awaiting => Awaiting,
        RingIntegrationStatus.Completed => Completed,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Ring knows only awaiting and completed."),
    };

    public static RingIntegrationStatus Status(JsonElement? root) =>
        (root.Text("status") ?? root.Member("data").Member("attributes").Text("status")) switch
        {
            Awaiting => RingIntegrationStatus.Awaiting,
            Completed => RingIntegrationStatus.Completed,
            _ => RingIntegrationStatus.Unknown,
        };
}
