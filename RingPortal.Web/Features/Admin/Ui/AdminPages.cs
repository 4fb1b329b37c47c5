using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using RingPortal.Web.Components;

namespace RingPortal.Web.Features.Admin.Ui;

/// <summary>
/// The operators' pages and their order in the menu. A page that does not exist is not shown and not linked to: operators must
/// not learn to distrust the menu.
/// </summary>
internal static class AdminPages
{
    public const string Overview = "/admin";
    public const string Pool = "/admin/pool";
    public const string Arrivals = "/admin/arrivals";
    public const string Webhooks = "/admin/webhooks";
    public const string Jobs = "/admin/jobs";
    public const string Accounts = "/admin/accounts";
    public const string Audit = "/admin/audit";
    public const string Certification = "/admin/certification";
    public const string Health = "/admin/health";

    private static readonly FrozenSet<string> s_routes = typeof(Routes).Assembly.GetTypes()
        .SelectMany(type => type.GetCustomAttributes<RouteAttribute>(inherit: false))
        .Select(route => route.Template)
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly AdminGroup[] s_all =
    [
        new(null, [new(Overview, "Dashboard", "admin.nav.overview")]),
        new("admin.nav.flow",
        [
            new(Pool, "Storage", "admin.nav.pool"), new(Arrivals, "CallReceived", "admin.nav.arrivals"),
            new(Webhooks, "Inbox", "admin.nav.webhooks"), new(Jobs, "WorkHistory", "admin.nav.jobs"),
        ]),
        new("admin.nav.people", [new(Accounts, "Group", "admin.nav.accounts"), new(Audit, "ReceiptLong", "admin.nav.audit")]),
        new("admin.nav.launch", [new(Certification, "FactCheck", "admin.nav.certification")]),
        new(null, [new(Health, "MonitorHeart", "admin.nav.health")]),
    ];

    /// <summary>The menu of this build.</summary>
    public static IReadOnlyList<AdminGroup> Menu { get; } = MenuOf(Exists);

    /// <summary>Whether there is a page at this address; what stands behind a question mark does not matter.</summary>
    public static bool Exists(string href) => s_routes.Contains(href.Split('?', '#')[0]);

    /// <summary>The address, if there is a page for it; else null.</summary>
    public static string? Link(string href) => Exists(href) ? href : null;

    /// <summary>The menu with the pages that exist, without groups that would be empty.</summary>
    public static IReadOnlyList<AdminGroup> MenuOf(Func<string, bool> exists) =>
        [.. s_all.Select(group => group with { Entries = [.. group.Entries.Where(entry => exists(entry.Href))] }).Where(group => group.Entries.Count > 0)];
}
