using RingPortal.Data.Teardown;

namespace RingPortal.Web.Features.Admin.Jobs;

/// <summary>A removal.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Kind">What is removed.</param>
/// <param name="Cause">Why.</param>
/// <param name="Name">What people call it: a camera's name, or a masked Ring account; null for a camera that was never known here.</param>
/// <param name="RequestedAt">When it was written down (UTC).</param>
/// <param name="CompletedAt">When its last step was done (UTC).</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="NextAt">When it is next due (UTC).</param>
/// <param name="Error">Where and why its last try stopped.</param>
public sealed record TeardownRow(
    Guid Id, TeardownKind Kind, TeardownCause Cause, string? Name, DateTimeOffset RequestedAt, DateTimeOffset? CompletedAt, int Attempts, DateTimeOffset? NextAt, string? Error);

/// <summary>A page of removals, newest first.</summary>
/// <param name="Rows">The removals.</param>
/// <param name="HasOlder">Whether there are more.</param>
public sealed record TeardownList(IReadOnlyList<TeardownRow> Rows, bool HasOlder);

/// <summary>A step of a removal.</summary>
/// <param name="Name">Its stored name.</param>
/// <param name="StartedAt">When it was first begun (UTC); null for one that is still to come.</param>
/// <param name="FinishedAt">When it was done (UTC).</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="Result">What it did.</param>
/// <param name="Error">Why its last try failed.</param>
public sealed record TeardownStepRow(string Name, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, int Attempts, string? Result, string? Error);

/// <summary>One removal, step by step.</summary>
/// <param name="Row">The removal.</param>
/// <param name="RingTokenId">The installation concerned.</param>
/// <param name="Steps">All its steps in order, also those to come.</param>
public sealed record TeardownDetail(TeardownRow Row, Guid RingTokenId, IReadOnlyList<TeardownStepRow> Steps);
