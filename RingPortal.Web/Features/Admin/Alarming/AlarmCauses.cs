namespace RingPortal.Web.Features.Admin.Alarming;

/// <summary>Keys of the alarms that are raised here; others belong to who raises them.</summary>
internal static class AlarmCauses
{
    public const string Outage = "outage";
    public const string OldKey = "webhook.oldkey";
    public const string Throttled = "ring.throttled";
    public const string RefreshFailed = "refresh.failed";
    public const string Certificate = "certificate.public";
    public const string CookieCertificate = "certificate.cookies";
    public const string KeyAge = "key.age";
    public const string Posting = "alarms.webhook";
    public const string Connections = "store.connections";
    public const string Waits = "store.waits";
    public const string Commit = "store.commit";
    public const string Disk = "store.disk";
    public const string Transaction = "store.transaction";
    public const string Replication = "store.replication";
}
