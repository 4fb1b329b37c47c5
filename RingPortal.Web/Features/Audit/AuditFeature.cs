using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Audit.Desk;
using RingPortal.Web.Features.Audit.Export;
using RingPortal.Web.Features.Audit.Sealing;
using RingPortal.Web.Features.Audit.Verification;

namespace RingPortal.Web.Features.Audit;

/// <summary>The record of who did what: written with what it records, sealed each minute, verified each hour.</summary>
public static class AuditFeature
{
    /// <summary>Registers the feature.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddOptions<AuditOptions>().BindConfiguration(AuditOptions.Section).ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<AuditOptions>, DevelopmentSealKey>();
        services.AddSingleton<IValidateOptions<AuditOptions>, AuditOptionsValidator>();
        services.AddSingleton<AuditSubjects>().AddSingleton<AuditTrail>().AddSingleton<Archives>();
        services.AddSingleton<AuditSealKeys>().AddSingleton<AuditAnchor>().AddScoped<AuditSealer>().AddScoped<AuditVerifier>();
        services.AddScoped<SealAuditJob>().AddScoped<VerifyAuditJob>();
        services.AddScoped<AuditChecks>().AddScoped<AuditDesk>().AddSingleton<AuditQueries>().AddSingleton<AuditRecordQueries>().AddScoped<AuditExports>();
        services.AddSingleton<AuditAnchorWatch>().AddHostedService(provider => provider.GetRequiredService<AuditAnchorWatch>());
        return services;
    }
}
