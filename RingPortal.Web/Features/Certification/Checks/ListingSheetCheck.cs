using RingPortal.Web.Features.Certification.Listing;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>Whether the listing sheet is filled in.</summary>
internal sealed class ListingSheetCheck(ListingSheet sheet) : ICertificationCheck
{
    public string Item => "before.sheet";

    public Task<CheckFinding> RunAsync(CancellationToken cancellationToken) =>
        Task.FromResult(CheckFinding.Of(sheet.SheetWarnings(), $"All {sheet.Rows.Count} rows of the sheet are filled in"));
}
