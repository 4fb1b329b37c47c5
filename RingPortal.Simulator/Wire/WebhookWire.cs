using System.Text.Json.Serialization;

namespace RingPortal.Simulator.Wire;

/// <summary>An event as it is posted (contract 5.4).</summary>
internal sealed record WebhookBody(WebhookMeta Meta, WebhookData Data);

internal sealed record WebhookMeta(string Version, string Time, string RequestId, string AccountId);

internal sealed record WebhookData(string Id, string Type, WebhookAttributes Attributes, WebhookRelationships? Relationships);

internal sealed record WebhookAttributes(string Source, string SourceType, long Timestamp);

internal sealed record WebhookRelationships(WebhookRelationship Devices)
{
    public static WebhookRelationships To(string deviceId) => new(new WebhookRelationship(new($"/v1/devices/{deviceId}")));
}

internal sealed record WebhookRelationship(WebhookLinks Links);

internal sealed record WebhookLinks([property: JsonPropertyName("self")] string Self);
