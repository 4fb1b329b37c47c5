using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using RingPortal.Data;
using RingPortal.Web.Account;
using RingPortal.Web.Components;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Features.Arrivals;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Certification;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Erasure;
using RingPortal.Web.Features.Events;
using RingPortal.Web.Features.Linking;
using RingPortal.Web.Features.LiveView;
using RingPortal.Web.Features.Media;
using RingPortal.Web.Features.Notifications;
using RingPortal.Web.Features.Pruning;
using RingPortal.Web.Features.Subscriptions;
using RingPortal.Web.Features.Teardown;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Features.Tokens.Intake;
using RingPortal.Web.Features.Webhooks;
using RingPortal.Web.Features.Webhooks.Dispatch;
using RingPortal.Web.Hosting.Telemetry;
using RingPortal.Web.Jobs;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Hosting;

/// <summary>All services, feature by feature.</summary>
internal static class PortalServices
{
    public static void AddPortal(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section).ValidateOnStart();
        services.AddOptions<NetworkOptions>().BindConfiguration(NetworkOptions.Section).ValidateOnStart();
        services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsValidator>();
        services.AddSingleton<IValidateOptions<PortalOptions>, PortalOptionsValidator>();
        services.AddSingleton<IValidateOptions<NetworkOptions>, NetworkOptionsValidator>();
        services.AddSingleton<PortalClock>().AddSingleton<TimeProvider>(provider => provider.GetRequiredService<PortalClock>());
        services.AddHostedService<PortalClockWatch>();
        services.AddSingleton<PortalReadiness>().AddHostedService<SchemaWatch>();
        services.AddSingleton<ManagementAddress>();
        services.AddDatabase();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<NetworkOptions>>(TrustProxies);
        builder.AddTelemetry();
        builder.AddFeatures();
    }

    private static void AddFeatures(this WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddRing(configuration);
        services.AddTokens(configuration);
        services.AddTokenIntake();
        services.AddLook();
        services.AddAccount(configuration);
        services.AddNotifications(configuration);
        services.AddArrivals();
        services.AddLinking();
        services.AddWebhooks();
        services.AddDispatch();
        services.AddDevices();
        services.AddEvents();
        services.AddSubscriptions();
        services.AddTeardown();
        services.AddErasure();
        services.AddLiveView();
        services.AddMedia();
        services.AddAudit();
        services.AddPruning(configuration);
        services.AddAdmin();
        services.AddCertification();
        services.AddFlowDesk();
        services.AddJobs();
        services.AddRazorComponents().AddInteractiveServerComponents();
    }

    private static void AddDatabase(this IServiceCollection services)
    {
        services.AddSingleton<PortalDataSources>();
        services.AddScoped<DatabasePool>();
        services.AddDbContext<RingPortalContext>((provider, options) =>
            options.UsePortalDatabase(provider.GetRequiredService<DatabasePool>().Source));
    }

    private static void TrustProxies(ForwardedHeadersOptions options, IOptions<NetworkOptions> network)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        options.ForwardLimit = 1;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var entry in network.Value.Entries)
        {
            if (System.Net.IPAddress.TryParse(entry, out var address))
            {
                options.KnownProxies.Add(address);
            }
            else
            {
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(entry));
            }
        }
    }
}
