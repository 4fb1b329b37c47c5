using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RingPortal.Data;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Ring;

/// <summary>The product's own registrations of Ring and tokens over a real database: one instance of the portal, as far as Ring sees it.</summary>
internal static class RingServices
{
    public const string VaultKey = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    /// <summary>Short, so that no test waits for seconds.</summary>
    public static RingTimings Quick { get; } = new()
    {
        Attempt = TimeSpan.FromSeconds(5),
        FirstRetry = TimeSpan.FromMilliseconds(5),
        BreakerPause = TimeSpan.FromMilliseconds(500),
    };

    public static ServiceProvider Create(
        TestDatabase database, string ringAddress, RingTimings? timings = null, TimeProvider? clock = null, LogCapture? logs = null, Action<IServiceCollection>? configure = null, params (string Key, string Value)[] settings)
    {
        Dictionary<string, string?> all = new()
        {
            ["ConnectionStrings:Portal"] = database.AppConnectionString,
            ["Ring:ClientId"] = "client-1",
            ["Ring:ClientSecret"] = "canary-secret",
            ["Ring:HmacKey"] = "canary-hmac",
            ["Ring:ApiBaseUrl"] = ringAddress,
            ["Ring:OAuthTokenUrl"] = $"{ringAddress}/oauth/token",
            ["Vault:Keys:0"] = VaultKey,
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all).Build();
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<IHostEnvironment>(new NamedEnvironment(Environments.Production))
            .AddSingleton(clock ?? TimeProvider.System)
            .AddSingleton(timings ?? Quick)
            .AddLogging(logging => Capture(logging, logs))
            .AddMetrics()
            .Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
            .AddSingleton<PortalDataSources>()
            .AddScoped<DatabasePool>()
            .AddDbContext<RingPortalContext>((provider, options) => options.UsePortalDatabase(provider.GetRequiredService<DatabasePool>().Source))
            .AddSingleton<Alarms>().AddSingleton<FeedOutlet>()
            .AddRing(configuration)
            .AddTokens(configuration);
        configure?.Invoke(services);
        return services.BuildServiceProvider(validateScopes: true);
    }

    private static void Capture(ILoggingBuilder logging, LogCapture? logs)
    {
        if (logs is not null)
        {
            logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        }
    }
}
