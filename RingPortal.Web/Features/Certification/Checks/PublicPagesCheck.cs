using System.Net;
using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Certification.Outside;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>Privacy, terms and help from a page of everybody: named there, and answering without a sign-in.</summary>
internal sealed class PublicPagesCheck(OutsideCaller caller, IOptions<PortalOptions> portal) : ICertificationCheck
{
    public string Item => "ux.privacy.reach";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        var start = await caller.GetAsync("/", "text/html", cancellationToken);
        var wrong = new List<string?> { start is { Status: 200, IsPage: true } ? null : $"the start page should answer 200, seen {start.Words}" };
        foreach (var path in new[] { "/privacy", "/terms", "/help" })
        {
            var own = path switch { "/privacy" => portal.Value.PrivacyUrl, "/terms" => portal.Value.TermsUrl, _ => null };
            wrong.Add(start.Body.Contains($"href=\"{WebUtility.HtmlEncode(own?.ToString() ?? path)}\"", StringComparison.Ordinal) ? null : $"the start page does not lead to {own?.ToString() ?? path}");
            wrong.Add(own is not null || await caller.GetAsync(path, "text/html", cancellationToken) is { Status: 200, IsPage: true } ? null : $"{path} does not answer 200 with a page");
        }

        wrong.Add(string.IsNullOrEmpty(portal.Value.SupportEmail) ? "Portal__SupportEmail is not set, so nobody can be written to" : null);
        return CheckFinding.Of(wrong, "Privacy, terms and help are named on the start page and answer without a sign-in; a support address is set");
    }
}
