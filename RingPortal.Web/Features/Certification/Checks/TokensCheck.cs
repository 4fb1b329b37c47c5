namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>Whether connections are renewed without anybody noticing, and what is stored of them is sealed.</summary>
internal sealed class TokensCheck(LinkRecords records) : ICertificationCheck
{
    public string Item => "behave.tokens";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        var seen = await records.ReadAsync(cancellationToken);
        if (seen.Active + seen.Failing == 0)
        {
            return CheckFinding.NotRecorded("No connection is there to be renewed");
        }

        string?[] wrong =
        [
            seen.Failing == 0 ? null : $"{seen.Failing} connections cannot be renewed or must be made again",
            seen.Unsealed == 0 ? null : $"{seen.Unsealed} connections hold something that is not sealed",
        ];
        return CheckFinding.Of(wrong, $"{seen.Active} active connections, each sealed and none failing to renew");
    }
}
