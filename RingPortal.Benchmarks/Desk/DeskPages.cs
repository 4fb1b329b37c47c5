using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using RingPortal.Web.Components;
using RingPortal.Web.Features.Audit.Desk;
using RingPortal.Web.Features.Events;

namespace RingPortal.Benchmarks.Desk;

/// <summary>A page of the desk, as it is called here and as it is fetched.</summary>
internal sealed record DeskPage(string Name, string Path);

/// <summary>All pages of the desk, with the tabs and filters that ask something else of the database.</summary>
internal static partial class DeskPages
{
    /// <summary>In braces what <see cref="DeskKeys"/> finds or <see cref="Places"/> says.</summary>
    private static readonly string[] s_all =
    [
        "/admin", "/admin?range=day",
        "/admin/pool", "/admin/pool?tab=arriving", "/admin/pool?tab=connecting", "/admin/pool?tab=active", "/admin/pool?tab=active&before={older}", "/admin/pool?tab=relink", "/admin/pool?tab=ended", "/admin/pool/{link}",
        "/admin/arrivals", "/admin/arrivals?before={place}", "/admin/arrivals?address=link", "/admin/arrivals?address=webhook", "/admin/arrivals?verdict=expired", "/admin/arrivals?verdict=too_large", "/admin/arrivals?address=token&from={from}&to={to}",
        "/admin/webhooks", "/admin/webhooks?before={moment}", "/admin/webhooks?tab=done", "/admin/webhooks?tab=waiting", "/admin/webhooks?tab=parked", "/admin/webhooks?tab=stopped", "/admin/webhooks?tab=quarantine",
        "/admin/webhooks?type=motion_detected", "/admin/webhooks?type=button_press", "/admin/webhooks?type=device_added", "/admin/webhooks?type=never_heard_of", "/admin/webhooks?account={sealed}", "/admin/webhooks?device={camera}",
        "/admin/webhooks?from={from}&to={to}", "/admin/webhooks?tab=stopped&type=button_press&from={from}&to={to}", "/admin/webhooks/{delivery}", "/admin/webhooks/{stopped}?tab=stopped", "/admin/webhooks/gaps", "/admin/webhooks/gaps?until={outage}",
        "/admin/jobs", "/admin/jobs?tab=waiting", "/admin/jobs?tab=retrying", "/admin/jobs?tab=stopped", "/admin/jobs?tab=done", "/admin/jobs?tab=done&before={middle}", "/admin/jobs?tab=recurring", "/admin/jobs?tab=teardowns", "/admin/jobs?tab=teardowns&open=1",
        "/admin/jobs?tab=done&type=PruneJob", "/admin/jobs?tab=stopped&type=FinishLinkJob", "/admin/jobs?tab=done&q={subject}", "/admin/jobs?tab=done&q={account}", "/admin/jobs?tab=done&q={job}", "/admin/jobs/{job}", "/admin/jobs/{failed}", "/admin/jobs/teardowns/{teardown}",
        "/admin/accounts", "/admin/accounts/{user}",
        "/admin/audit", "/admin/audit?before={record place}", "/admin/audit?action=device.removed", "/admin/audit?action=never.done", "/admin/audit?kind=staff", "/admin/audit?who={staff}", "/admin/audit?subject={person}", "/admin/audit?target=device:{camera}",
        "/admin/audit?action=device.removed&kind=ring&from={from}&to={to}", "/admin/audit/{record}",
        "/admin/certification", "/admin/certification?part=console", "/admin/certification?part=rehearsal", "/admin/certification?part=notes", "/admin/certification?part=review",
        "/admin/health", "/admin/health?view=parts", "/admin/health?state=resolved", "/admin/health?alarm={alarm}",
    ];

    /// <summary>The pages with these keys.</summary>
    public static IReadOnlyList<DeskPage> With(IReadOnlyDictionary<string, string> keys) =>
        [.. s_all.Select(name => new DeskPage(name, Key().Replace(name, key => Uri.EscapeDataString(keys[key.Groups[1].Value]))))];

    /// <summary>Places in the middle of lists, as the pages write them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Places(DateTimeOffset now)
    {
        var middle = now.AddDays(-6);
        yield return KeyValuePair.Create("place", string.Create(CultureInfo.InvariantCulture, $"{middle.UtcTicks}-{Guid.Empty:N}"));
        yield return KeyValuePair.Create("moment", new TimelinePosition(middle, Guid.Empty).ToString());
        yield return KeyValuePair.Create("record place", new AuditPlace(middle, 0).ToString());
        yield return KeyValuePair.Create("from", middle.UtcDateTime.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture));
        yield return KeyValuePair.Create("to", middle.AddDays(1).UtcDateTime.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture));
    }

    /// <summary>Pages of the desk in the portal that none of the names above leads to.</summary>
    public static IEnumerable<string> Missing() =>
        typeof(Routes).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>(inherit: false)).Select(route => Bare(route.Template))
            .Where(route => route.StartsWith("/admin", StringComparison.Ordinal)).Except(s_all.Select(name => Bare(name.Split('?')[0])));

    private static string Bare(string route) => Key().Replace(route, "{}");

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Key();
}
