using RingPortal.Data.Admin;
using RingPortal.Web.Features.Admin.Ui;

namespace RingPortal.Web.Features.Admin.Alarming;

/// <summary>Every alarm of the portal (look 1.2). What is raised under a key that is not here is a warning without a page.</summary>
public static class AlarmCatalogue
{
    /// <summary>Causes, the more special ones first.</summary>
    public static IReadOnlyList<AlarmKind> All { get; } =
    [
        // Calls from Ring
        new(AlarmCauses.Outage, AlarmLevel.Warning, AdminPages.Arrivals),
        new("webhook.backlog", AlarmLevel.Warning, AdminPages.Webhooks),
        new("webhook.dead", AlarmLevel.Critical, AdminPages.Webhooks),
        new("webhook.signature", AlarmLevel.Critical, AdminPages.Certification) { Quiet = TimeSpan.FromMinutes(30) },
        new("webhook.conflict", AlarmLevel.Warning, AdminPages.Webhooks) { Quiet = TimeSpan.FromDays(1) },
        new(AlarmCauses.OldKey, AlarmLevel.Warning, AdminPages.Certification),
        // Linking and tokens
        new("pool.size", AlarmLevel.Warning, AdminPages.Pool) { Setting = "Pool__AlarmSize" },
        new("pool.age", AlarmLevel.Warning, AdminPages.Pool) { Setting = "Pool__AlarmAgeMinutes" },
        new("code.lost", AlarmLevel.Warning, AdminPages.Pool) { Quiet = TimeSpan.FromDays(1) },
        new("nonce.second-account", AlarmLevel.Warning, AdminPages.Audit) { Quiet = TimeSpan.FromDays(1) },
        new("ring.credentials", AlarmLevel.Critical, AdminPages.Certification) { Quiet = TimeSpan.FromHours(1) },
        new(AlarmCauses.Throttled, AlarmLevel.Warning, AdminPages.Health) { Setting = "Ring__MaxRequestsPerSecond" },
        new(AlarmCauses.RefreshFailed, AlarmLevel.Critical, AdminPages.Pool),
        new("link.reauth", AlarmLevel.Warning, AdminPages.Pool) { IsPartOfAnother = true },
        new("token.unreadable", AlarmLevel.Critical, AdminPages.Pool) { Quiet = TimeSpan.FromHours(1) },
        new("token.stale.20d", AlarmLevel.Critical, AdminPages.Pool),
        new("token.stale", AlarmLevel.Warning, AdminPages.Pool),
        // Certificates and keys
        new(AlarmCauses.Certificate, AlarmLevel.Warning, AdminPages.Certification),
        new(AlarmCauses.CookieCertificate, AlarmLevel.Warning, AdminPages.Health) { Setting = "DataProtection__CertificatePath" },
        new(AlarmCauses.KeyAge, AlarmLevel.Warning, AdminPages.Health),
        // The portal's own work
        new("audit.chain", AlarmLevel.Critical, AdminPages.Audit),
        new("teardown.stuck", AlarmLevel.Warning, AdminPages.Jobs),
        new("erasure.stuck", AlarmLevel.Critical, AdminPages.Jobs),
        new("mail.failing", AlarmLevel.Warning, AdminPages.Health),
        new(AlarmCauses.Posting, AlarmLevel.Warning, AdminPages.Health) { Setting = "Alarms__WebhookUrl" },
        new("review", AlarmLevel.Critical, AdminPages.Certification),
        // The store
        new(AlarmCauses.Connections, AlarmLevel.Warning, AdminPages.Health),
        new(AlarmCauses.Waits, AlarmLevel.Warning, AdminPages.Health),
        new(AlarmCauses.Commit, AlarmLevel.Warning, AdminPages.Health),
        new(AlarmCauses.Disk, AlarmLevel.Warning, AdminPages.Health),
        new(AlarmCauses.Transaction, AlarmLevel.Warning, AdminPages.Health),
        new(AlarmCauses.Replication, AlarmLevel.Warning, AdminPages.Health),
    ];

    /// <summary>What is known of an alarm.</summary>
    public static AlarmKind Of(string key) =>
        All.FirstOrDefault(kind => kind.Covers(key)) ?? new AlarmKind(key, AlarmLevel.Warning, AdminPages.Health);
}
