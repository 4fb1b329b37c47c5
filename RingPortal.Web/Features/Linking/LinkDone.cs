using RingPortal.Web.Account;
using RingPortal.Web.Components;
using RingPortal.Web.Features.Linking.Pages;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Linking;

/// <summary>Step 3: the true state of the newest claim, as a page and, for the page's own script, as JSON.</summary>
internal static class LinkDone
{
    /// <summary>After this long the page says that Ring has not answered yet.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public static async Task<IResult> ShowAsync(HttpContext http, SignIns signIns, LinkProgress progress, LinkPages pages, Texts texts, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await signIns.CurrentAsync(http, cancellationToken) is not { } person)
        {
            return SeeOther.To($"/Account/Login?returnUrl={Uri.EscapeDataString(LinkEndpoints.Done)}");
        }

        var view = await progress.NewestAsync(person.UserId, cancellationToken);
        if (http.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase))
        {
            var stage = view?.Stage.ToString() ?? "None";
            return TypedResults.Json(new { state = stage, page = view is null ? stage : PageState(view.Stage, IsLate(view, clock)) });
        }

        return view switch
        {
            null or { Stage: LinkStage.Over } => pages.Bare(),
            { Stage: LinkStage.Refused } => pages.Ended("link.refused", view.Reference),
            { Stage: LinkStage.TimedOut } => pages.Ended("link.failed", view.Reference),
            { Stage: LinkStage.Done } => Page<LinkSuccessPage>(texts["link.done.title"], view, isLate: false),
            _ => Page<LinkProgressPage>(texts["link.progress.title"], view, IsLate(view, clock)),
        };
    }

    /// <summary>What the page looks like now; its script loads it anew when this changes.</summary>
    internal static string PageState(LinkStage stage, bool isLate) => isLate && stage < LinkStage.Done ? $"{stage}-late" : stage.ToString();

    private static bool IsLate(LinkProgressView view, TimeProvider clock) => clock.GetUtcNow() - view.ConsentedAt > s_patience;

    private static IResult Page<TPage>(string title, LinkProgressView view, bool isLate)
        where TPage : LinkProgressPageBase =>
        StaticPage.Result<TPage>(title, new Dictionary<string, object?>
        {
            [nameof(LinkProgressPageBase.View)] = view,
            [nameof(LinkProgressPageBase.IsLate)] = isLate,
        });
}
