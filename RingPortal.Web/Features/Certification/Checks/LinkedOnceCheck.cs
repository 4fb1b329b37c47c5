namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>Whether the whole flow ever worked here: an installation that became a connection.</summary>
internal sealed class LinkedOnceCheck(LinkRecords records, TimeProvider clock) : ICertificationCheck
{
    private static readonly TimeSpan s_recent = TimeSpan.FromDays(30);

    public string Item => "before.oauth.flow";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        var seen = await records.ReadAsync(cancellationToken);
        return seen.LastLinkedAt is not { } last ? CheckFinding.Failed("No installation has become a connection yet")
            : clock.GetUtcNow() - last > s_recent ? CheckFinding.Failed($"The last connection was made on {last:yyyy-MM-dd}, more than 30 days ago")
            : CheckFinding.Passed($"{seen.Linked} of the newest installations became connections, the last on {last:yyyy-MM-dd HH:mm} UTC");
    }
}
