using RingPortal.Web.Features.Certification.Listing;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>The registered name.</summary>
internal sealed class ListingNameCheck(ListingSheet sheet) : ICertificationCheck
{
    public string Item => "before.name";

    public Task<CheckFinding> RunAsync(CancellationToken cancellationToken) =>
        Task.FromResult(CheckFinding.Of(sheet.NameWarnings(), $"{sheet.Rows[0].Value}, the same as people see here"));
}
