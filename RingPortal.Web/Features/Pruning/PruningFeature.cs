using Microsoft.Extensions.Options;

namespace RingPortal.Web.Features.Pruning;

/// <summary>How long things are kept.</summary>
internal static class PruningFeature
{
    public static IServiceCollection AddPruning(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RetentionOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>();
        return services.AddScoped<AuditPruner>().AddScoped<PruneJob>();
    }
}
