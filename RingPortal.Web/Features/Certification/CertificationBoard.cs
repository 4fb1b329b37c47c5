using RingPortal.Data.Certification;
using RingPortal.Web.Features.Certification.Listing;
using RingPortal.Web.Features.Certification.Review;

namespace RingPortal.Web.Features.Certification;

/// <summary>The whole list.</summary>
/// <param name="Rows">Every item with what is known of it.</param>
/// <param name="Run">The newest run; null before the first.</param>
/// <param name="Review">The review that runs; null when none does.</param>
public sealed record CertificationBoard(IReadOnlyList<CertificationRow> Rows, CertificationRun? Run, ReviewView? Review)
{
    /// <summary>How many items are in a state.</summary>
    public int Count(RowState state) => Rows.Count(row => row.State == state);
}

/// <summary>One item with what is known of it.</summary>
/// <param name="Item">The item.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Result">What its machine check came to.</param>
/// <param name="Tick">Who confirmed it.</param>
public sealed record CertificationRow(CertificationItem Item, RowState State, CertificationResult? Result, TickView? Tick);

/// <summary>A person's word.</summary>
/// <param name="Who">Their e-mail; null once that account is gone.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Note">What they looked at.</param>
public sealed record TickView(string? Who, DateTimeOffset At, string Note);

/// <summary>Where an item stands, in the order in which it is shown.</summary>
public enum RowState
{
    /// <summary>A machine check saw something else than Ring wants.</summary>
    NotPassed,

    /// <summary>A person has not confirmed it.</summary>
    ToConfirm,

    /// <summary>Its machine check has never run.</summary>
    NotRun,

    /// <summary>Its machine check found nothing to look at; in words in its evidence.</summary>
    NotSeen,

    /// <summary>As Ring wants it.</summary>
    Passed,
}

/// <summary>What stands beside the list.</summary>
public sealed record CertificationDesk(
    IReadOnlyDictionary<string, string> Entries,
    IReadOnlyList<ListingRow> Sheet,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<ReviewAccountView> Accounts,
    IReadOnlyList<StaffName> Staff,
    IReadOnlyList<HostCalls> Hosts);

/// <summary>An account for reviewers.</summary>
public sealed record ReviewAccountView(Guid UserId, string? Email, DateTimeOffset MadeAt, bool IsGoing);

/// <summary>Somebody who can be named as contact.</summary>
public sealed record StaffName(Guid UserId, string Email);

/// <summary>Calls of the last day to one address by one host name.</summary>
public sealed record HostCalls(string Host, string Route, DateTimeOffset LastAt, int Calls);
