using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Tokens.Pool;

namespace RingPortal.Web.Features.Tokens.Intake;

/// <summary>From Ring's code to an unclaimed installation in the pool.</summary>
internal static class IntakeFeature
{
    public static IServiceCollection AddTokenIntake(this IServiceCollection services)
    {
        services.AddOptions<PoolOptions>().BindConfiguration(PoolOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PoolOptions>, PoolOptionsValidator>();
        services.AddSingleton<TokenExchangeSignal>().AddSingleton<DueExchanges>();
        services.AddScoped<TokenIntake>().AddScoped<TokenExchanger>().AddScoped<AccountLookup>().AddScoped<CleanUpPoolJob>();
        services.AddHostedService<TokenExchangeWorker>();
        return services;
    }
}
