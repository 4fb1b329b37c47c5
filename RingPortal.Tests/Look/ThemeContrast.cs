using RingPortal.Web.Components.Theme;

namespace RingPortal.Tests.Look;

/// <summary>Recomputes contrast from the variables of a theme.</summary>
internal static class ThemeContrast
{
    private static readonly string[] Grounds = ["background", "surface", "sunken"];
    private static readonly string[] Statuses = ["success", "warning", "error", "info", "neutral"];

    /// <summary>The smallest contrast of a colour over all grounds.</summary>
    public static double Worst(Dictionary<string, string> theme, string token) =>
        Grounds.Min(ground => Ratio(theme, token, ground));

    public static void AssertReadable(Dictionary<string, string> theme)
    {
        foreach (var text in (string[])["ink", "ink-2", "primary", "primary-hover", .. Statuses])
            AssertAtLeast(theme, text, 4.5, Grounds);
        foreach (var control in (string[])["control", "disabled", "focus"])
            AssertAtLeast(theme, control, 3, Grounds);
        foreach (var status in Statuses)
        {
            AssertAtLeast(theme, status, 4.5, [$"{status}-tint"]);
            AssertAtLeast(theme, "ink", 4.5, [$"{status}-tint"]);
            AssertAtLeast(theme, "on-status", 4.5, [status]);
        }

        AssertAtLeast(theme, "primary", 4.5, ["primary-tint"]);
        AssertAtLeast(theme, "on-primary", 4.5, ["primary", "primary-hover", "primary-pressed"]);
        AssertAtLeast(theme, "on-mat", 4.5, ["mat", "live"]);
        AssertAtLeast(theme, "mat-control", 3, ["mat"]);
        for (var series = 1; series <= 6; series++)
            AssertAtLeast(theme, $"series-{series}", 3, ["surface"]);
    }

    private static void AssertAtLeast(Dictionary<string, string> theme, string front, double least, string[] grounds)
    {
        foreach (var ground in grounds)
            Assert.True(Ratio(theme, front, ground) >= least, $"{front} on {ground}: {Ratio(theme, front, ground):F2}");
    }

    private static double Ratio(Dictionary<string, string> theme, string one, string other) =>
        Contrast.Ratio(theme[$"--rp-{one}"], theme[$"--rp-{other}"]);
}
