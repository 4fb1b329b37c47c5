using RingPortal.Data.Certification;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Certification.Checks;

namespace RingPortal.Tests.Certification;

public sealed class AxeCheckTests
{
    [Theory]
    [InlineData(null, CheckOutcome.NotRecorded, "Not recorded")]
    [InlineData("""{"pages": {}}""", CheckOutcome.NotRecorded, "Not recorded")]
    [InlineData("""{"pages": {"a": """, CheckOutcome.NotRecorded, "Not recorded")]
    [InlineData("""{"pages": {"cameras": {"at": "2026-11-30T06:00:00Z", "violations": []}}}""", CheckOutcome.Passed, "Nothing found in 1 views")]
    [InlineData("""{"pages": {"cameras": {"at": "2026-11-30T06:00:00Z", "violations": ["color-contrast"]}, "events": {"at": "2026-11-30T06:00:01Z", "violations": []}}}""", CheckOutcome.Failed, "cameras (color-contrast)")]
    public async Task The_Result_Of_The_Last_Build_Is_Told_As_It_Is(string? report, CheckOutcome outcome, string words)
    {
        using var folder = new TestFolder();
        var path = folder.Inside(AxeReport.FileName);
        if (report is not null)
        {
            await File.WriteAllTextAsync(path, report);
        }

        var finding = await new AxeCheck(new AxeFile(path)).RunAsync(CancellationToken.None);

        Assert.Equal(outcome, finding.Outcome);
        Assert.Contains(words, finding.Evidence, StringComparison.Ordinal);
    }
}
