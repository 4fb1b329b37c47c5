namespace RingPortal.Web.Features.Admin.Arrivals;

/// <summary>One call to an address registered at Ring.</summary>
/// <param name="Id">Key of the arrival, or of the delivery in the inbox.</param>
/// <param name="Route"><c>token</c>, <c>link</c>, <c>config</c> or <c>webhook</c>.</param>
/// <param name="At">When it came (UTC).</param>
/// <param name="Verdict">What was decided.</param>
/// <param name="Reason">Why, in words; null when the verdict says it all.</param>
/// <param name="Status">HTTP status of the answer.</param>
/// <param name="ElapsedMilliseconds">How long the answer took (ms); null for deliveries, of which the inbox does not tell.</param>
/// <param name="SourceNetwork">The caller's network; null for deliveries.</param>
/// <param name="IsDelivery">Whether it stands in the inbox.</param>
public sealed record ArrivalRow(
    Guid Id, string Route, DateTimeOffset At, string Verdict, string? Reason, int Status, double? ElapsedMilliseconds, string? SourceNetwork, bool IsDelivery);

/// <summary>A page of calls, newest first.</summary>
/// <param name="Rows">The calls.</param>
/// <param name="HasOlder">Whether there are more.</param>
public sealed record ArrivalList(IReadOnlyList<ArrivalRow> Rows, bool HasOlder);

/// <summary>How many calls came within a minute, also those that were too many to be kept one by one.</summary>
/// <param name="At">The minute's beginning (UTC).</param>
/// <param name="Route">Which address.</param>
/// <param name="Count">How many.</param>
public sealed record ArrivalCount(DateTimeOffset At, string Route, long Count);
