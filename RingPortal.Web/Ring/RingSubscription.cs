namespace RingPortal.Web.Ring;

/// <summary>A plan or trial as Ring lists it (contract 10.2).</summary>
/// <param name="Id">Ring's id: opaque.</param>
/// <param name="SubType"><c>paid</c> or <c>trial</c>, or what Ring will invent.</param>
/// <param name="IsActive">Whether its status is <c>active</c>; any other word gives no access.</param>
/// <param name="PlanId">Ring's plan id; null for trials.</param>
/// <param name="ExpiresAt">When it ends or renews (UTC).</param>
/// <param name="DeviceIds">The cameras it covers.</param>
public sealed record RingSubscription(string Id, string? SubType, bool IsActive, string? PlanId, DateTimeOffset? ExpiresAt, IReadOnlyList<string> DeviceIds);
