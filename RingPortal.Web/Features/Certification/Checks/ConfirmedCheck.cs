namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>Whether connections are confirmed and completed at Ring, under an identifier that is masked.</summary>
internal sealed class ConfirmedCheck(LinkRecords records) : ICertificationCheck
{
    public string Item => "behave.confirm";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        var seen = await records.ReadAsync(cancellationToken);
        if (seen.Linked == 0)
        {
            return CheckFinding.NotRecorded("No connection has been made yet, so no POST and no PATCH was seen");
        }

        string?[] wrong =
        [
            seen.Stuck == 0 ? null : $"{seen.Stuck} connections wait between POST and PATCH for more than 15 minutes",
            seen.Unmasked == 0 ? null : $"{seen.Unmasked} Ring accounts are shown by a name that is not masked",
        ];
        return CheckFinding.Of(wrong, $"{seen.Linked} connections were confirmed by POST and completed by PATCH; none is stuck, all are shown masked");
    }
}
