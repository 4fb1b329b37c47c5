using System.Globalization;
using System.Text;
using System.Text.Json;
using RingPortal.Simulator.Plans;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Events;

/// <summary>Writes events byte for byte as contract 5.7 prints them: order of members, blanks, line ends.</summary>
internal static class EventText
{
    public static byte[] Write(RingEvent one) => Encoding.UTF8.GetBytes(
        $"{{\"meta\": {{\"version\": \"1.1\", \"time\": {Quote(one.Time)}, \"request_id\": {Quote(one.RequestId)}, \"account_id\": {Quote(one.AccountId)}}},\n"
        + $" \"data\": {one.Data}}}");

    public static string Data(string id, string type, string? subType, string attributes, string? relationships) =>
        $"{{\"id\": {Quote(id)}, \"type\": {Quote(type)}{(string.IsNullOrEmpty(subType) ? "" : $", \"subType\": {Quote(subType)}")},\n"
        + $"  \"attributes\": {{{attributes}}}{(relationships is null ? "" : $",\n  \"relationships\": {{{relationships}}}")}}}";

    public static string Source(string source, string sourceType, long timestamp) =>
        string.Create(CultureInfo.InvariantCulture, $"\"source\": {Quote(source)}, \"source_type\": {Quote(sourceType)}, \"timestamp\": {timestamp}");

    /// <summary>What form B adds to the attributes of motion.</summary>
    public static string Newer(string subType, long timestamp, IReadOnlyList<string> components)
    {
        var readable = DateTimeOffset.FromUnixTimeMilliseconds(timestamp).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return (string.IsNullOrEmpty(subType) ? "" : $", \"sub_type\": {Quote(subType)}")
            + $", \"timestamp_readable\": {Quote(readable)}"
            + (components.Count == 0 ? "" : $", \"component_ids\": [{string.Join(", ", components.Select(Quote))}]");
    }

    public static string ToDevice(string deviceId) => $"\"devices\": {{\"links\": {{\"self\": {Quote($"/v1/devices/{deviceId}")}}}}}";

    /// <summary>Attributes of a subscription; one that ends has no <c>expires_at</c>.</summary>
    public static string Plan(RingPlan plan, bool activated) =>
        $"\"source\": \"subscriptions\", \"source_id\": {Quote(plan.Id)}, \"sub_type\": {Quote(plan.Wire)}, \"plan_id\": {(plan.PlanId is null ? "null" : Quote(plan.PlanId))}"
        + (activated ? $", \"expires_at\": {Quote(RingTime.Seconds(plan.ExpiresAt))}" : "");

    public static string ToPlan(IReadOnlyList<string> deviceIds) =>
        $"\"devices\": {{\"data\": [{string.Join(", ", deviceIds.Select(id => $"{{\"type\": \"device\", \"id\": {Quote(id)}}}"))}]}},"
        + " \"subscriptions\": {\"links\": {\"self\": \"/v1/accounts/me/subscriptions\"}}";

    public static string Quote(string text) => JsonSerializer.Serialize(text, RingJson.Options);
}
