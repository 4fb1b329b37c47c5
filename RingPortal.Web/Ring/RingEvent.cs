namespace RingPortal.Web.Ring;

/// <summary>What an event says beyond its envelope (contract 5.7). Everything may be missing.</summary>
/// <param name="SubType">Motion class or kind of plan: <c>attributes.sub_type</c>, else <c>data.subType</c>.</param>
/// <param name="SourceId">Ring's id of the plan of a subscription event (<c>attributes.source_id</c>).</param>
/// <param name="PlanId">Ring's plan id; null for trials.</param>
/// <param name="ExpiresAt">When a plan ends or renews (UTC).</param>
/// <param name="DeviceIds">The cameras that a subscription event names (<c>relationships.devices.data</c>).</param>
/// <param name="SentAt">When Ring sent it (UTC, <c>meta.time</c>).</param>
public sealed record RingEvent(string? SubType, string? SourceId, string? PlanId, DateTimeOffset? ExpiresAt, IReadOnlyList<string> DeviceIds, DateTimeOffset? SentAt)
{
    /// <summary>Reads a stored delivery: what has another shape is not there.</summary>
    /// <exception cref="System.Text.Json.JsonException">The body is no JSON any more: since it was taken in, the row was damaged.</exception>
    public static RingEvent Read(ReadOnlyMemory<byte> body) => Wire.EventReader.Read(body);
}
