using System.Text.Json;

namespace RingPortal.Web.Ring.Wire;

/// <summary>A page of the subscriptions listing (contract 10.2).</summary>
internal static class SubscriptionDocument
{
    public static RingPage<RingSubscription>? Read(JsonElement element)
    {
        JsonElement? root = element;
        return root.Member("data") is { ValueKind: JsonValueKind.Array } data
            ? new([.. data.EnumerateArray().Select(item => Read((JsonElement?)item)).OfType<RingSubscription>()], root.Member("links").Text("next"))
            : null;
    }

    private static RingSubscription? Read(JsonElement? item)
    {
        if (item.Text("id") is not { } id)
        {
            return null;
        }

        var attributes = item.Member("attributes");
        return new(
            id,
            attributes.Text("sub_type"),
            attributes.Text("status") is "active",
            attributes.Text("plan_id"),
            attributes.Time("expires_at"),
            [.. item.Member("relationships").Member("devices").Items("data").Select(device => ((JsonElement?)device).Text("id")).OfType<string>().Distinct(StringComparer.Ordinal)]);
    }
}
