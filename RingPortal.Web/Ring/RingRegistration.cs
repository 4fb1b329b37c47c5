using System.Net.Http.Headers;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring.Media;

namespace RingPortal.Web.Ring;

/// <summary>Everything that knows Ring's wire format.</summary>
public static class RingRegistration
{
    /// <summary>How the portal names itself to Ring.</summary>
    internal static ProductInfoHeaderValue Product { get; } = new("RingPortal", Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "0");

    /// <summary>Adds options, signature, nonces and the clients. Expects <see cref="PortalDataSources"/> and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddRing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RingOptions>().Bind(configuration.GetSection(RingOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RingOptions>, RingOptionsValidator>();
        services.AddSingleton<RingNonceMatcher>();
        services.AddSingleton<RingWebhookSignature>();
        services.TryAddSingleton<PortalMetrics>();
        services.TryAddSingleton<RingTimings>();
        services.AddSingleton<RingBudget>();
        services.AddSingleton<RingRateLimiter>();
        services.AddSingleton<RingResilience>();
        services.AddTransport();
        services.TryAddSingleton<RingNames>();
        services.AddSingleton<RingMediaHttp>().AddSingleton<RingMediaTransport>();
        services.AddTransient(provider =>
            new RingClient(
                provider.GetRequiredService<RingTransport>(),
                provider.GetRequiredService<RingMediaTransport>(),
                provider.GetRequiredService<IOptionsMonitor<RingOptions>>()));
        services.AddTransient(provider =>
            new RingOAuthClient(provider.GetRequiredService<RingTransport>(), provider.GetRequiredService<IOptionsMonitor<RingOptions>>()));
        return services;
    }

    private static void AddTransport(this IServiceCollection services) =>
        services.AddHttpClient<RingTransport>(client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.DefaultRequestHeaders.UserAgent.Add(Product);
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                // Which trace a call belongs to is nobody's business but ours.
                ActivityHeadersPropagator = null,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // The factory's own loggers would write headers, and with them tokens, at level Trace.
            .RemoveAllLoggers();
}
