using System.Globalization;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>What axe-core found in the browser tests that ran before this build. Where none are recorded it says so, and passes nothing.</summary>
internal sealed class AxeCheck(AxeFile file) : ICertificationCheck
{
    private const int MostNamed = 5;

    public string Item => "ux.a11y.axe";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        if (await AxeReport.ReadAsync(file.Path, cancellationToken) is not { Pages.Count: > 0 } report)
        {
            return CheckFinding.NotRecorded("Not recorded: this build carries no result of the browser tests");
        }

        var faulty = report.Pages.Where(page => page.Value.Violations.Count > 0).OrderBy(page => page.Key, StringComparer.Ordinal).ToList();
        var (oldest, newest) = (report.Pages.Values.Min(page => page.At), report.Pages.Values.Max(page => page.At));
        var span = string.Create(CultureInfo.InvariantCulture, $"{report.Pages.Count} views, looked at from {oldest.UtcDateTime:yyyy-MM-dd HH:mm} to {newest.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        return faulty.Count == 0
            ? CheckFinding.Passed($"Nothing found in {span}")
            : CheckFinding.Failed($"{faulty.Count} of {span} break rules: {string.Join("; ", faulty.Take(MostNamed).Select(page => $"{page.Key} ({string.Join(", ", page.Value.Violations)})"))}");
    }
}
