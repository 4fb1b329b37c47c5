namespace RingPortal.Web.Features.Audit;

/// <summary>The record of who did what.</summary>
public static class AuditFeature
{
    /// <summary>Registers the feature.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services) =>
        services.AddSingleton<AuditSubjects>().AddSingleton<AuditTrail>().AddSingleton<Archives>();
}
