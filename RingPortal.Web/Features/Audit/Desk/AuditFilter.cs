using RingPortal.Data.Audit;

namespace RingPortal.Web.Features.Audit.Desk;

/// <summary>Which records are meant.</summary>
/// <param name="From">Written then or later (UTC).</param>
/// <param name="To">Written before (UTC).</param>
/// <param name="Kind">What kind of actor.</param>
/// <param name="Actor">Who acted, by pseudonym.</param>
/// <param name="Action">What, whole: <c>device.removed</c>.</param>
/// <param name="Target">On what, whole: <c>device:0199…</c>.</param>
/// <param name="Subject">The person concerned, by pseudonym.</param>
public sealed record AuditFilter(
    DateTimeOffset? From = null, DateTimeOffset? To = null, AuditActor? Kind = null, Guid? Actor = null, string? Action = null, string? Target = null, Guid? Subject = null)
{
    /// <summary>Whether anything is chosen.</summary>
    public bool IsNarrowed => this != new AuditFilter();
}
