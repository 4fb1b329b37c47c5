using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Tokens.Reseal;
using RingPortal.Web.Features.Tokens.Restore;

namespace RingPortal.Web.Features.Tokens;

/// <summary>Tokens: how they come in, how they are kept, how they are used.</summary>
public static class TokensFeature
{
    /// <summary>Adds the vault, custody and the sweep.</summary>
    public static IServiceCollection AddTokens(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<VaultOptions>().Bind(configuration.GetSection(VaultOptions.Section)).ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<VaultOptions>, DevelopmentVaultKey>();
        services.AddSingleton<IValidateOptions<VaultOptions>, VaultOptionsValidator>();
        services.AddSingleton<TokenVault>();
        services.AddSingleton<RefreshFlights>().AddHostedService(provider => provider.GetRequiredService<RefreshFlights>());
        services.AddSingleton<TokenRows>();
        services.AddSingleton<TokenRenewal>();
        services.AddSingleton<TokenRefresher>();
        services.AddSingleton(provider => new LinkAccess(
            provider.GetRequiredService<TokenRows>(),
            provider.GetRequiredService<TokenRefresher>(),
            provider.GetRequiredService<TokenVault>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DueRefreshes>();
        services.AddTransient<RefreshTokensJob>();
        services.AddScoped<SuspectLinks>();
        services.AddSingleton<VaultResealer>();
        return services;
    }
}
