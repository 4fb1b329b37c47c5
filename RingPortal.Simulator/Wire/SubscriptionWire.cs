using System.Text.Json.Nodes;

namespace RingPortal.Simulator.Wire;

/// <summary>Answer of <c>/v1/accounts/me/subscriptions</c> (contract 10.2).</summary>
internal sealed record SubscriptionList(IReadOnlyList<SubscriptionResource> Data, NextLink? Links, AnswerMeta Meta);

internal sealed record NextLink(string Next);

/// <summary>The attributes are a JSON object of their own: a trial's <c>plan_id</c> can be missing or <c>null</c>.</summary>
internal sealed record SubscriptionResource(string Id, string Type, JsonObject Attributes, SubscriptionRelationships Relationships);

internal sealed record SubscriptionRelationships(SubscriptionDevices Devices);

internal sealed record SubscriptionDevices(IReadOnlyList<ResourceId> Data);
