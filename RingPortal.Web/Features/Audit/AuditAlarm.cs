namespace RingPortal.Web.Features.Audit;

/// <summary>What operators read when the trail is not what was written (look 1.2). Critical; never settled by itself.</summary>
internal static class AuditAlarm
{
    public const string Key = "audit.chain";

    public static string Text(string what) =>
        $"The audit chain breaks. {what} Records were changed or lost. Keep the database, do not clean up, tell the security contact.";
}
