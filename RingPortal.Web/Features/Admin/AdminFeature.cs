using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Admin.Accounts;
using RingPortal.Web.Features.Admin.Alarming;
using RingPortal.Web.Features.Admin.Health;
using RingPortal.Web.Features.Admin.Minutes;
using RingPortal.Web.Features.Admin.Overview;
using RingPortal.Web.Features.Admin.Ui;

namespace RingPortal.Web.Features.Admin;

/// <summary>What operators see.</summary>
internal static class AdminFeature
{
    public static IServiceCollection AddAdmin(this IServiceCollection services)
    {
        services.AddScoped<AdminScript>().AddSingleton<AdminFinder>();
        services.AddAlarms();
        services.AddMinutes();
        services.AddAccountDesk();
        services.AddSingleton<AlarmQueries>().AddSingleton<OverviewQueries>().AddSingleton<HealthQueries>().AddScoped<AlarmActs>();
        return services;
    }

    private static void AddAlarms(this IServiceCollection services)
    {
        services.AddOptions<AlarmsOptions>().BindConfiguration(AlarmsOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AlarmsOptions>, AlarmsOptionsValidator>());
        services.AddSingleton<Alarms>().AddSingleton<AlarmChecks>().AddSingleton<AlarmMessages>().AddSingleton<OutageClock>();
        services.AddScoped<AlarmTeller>().AddScoped<AlarmPosting>().AddScoped<KeyAges>().AddScoped<WatchAlarmsJob>().AddScoped<WatchCertificatesJob>();
        services.AddSingleton<OutageWatcher>().AddHostedService(provider => provider.GetRequiredService<OutageWatcher>());
        // Who answers there is the operators' own choice; where a redirect leads is not.
        services.AddHttpClient(AlarmPosting.Client, client => client.Timeout = TimeSpan.FromSeconds(10))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    }

    private static void AddMinutes(this IServiceCollection services)
    {
        services.AddSingleton<MinuteCollector>().AddSingleton<MinuteListener>().AddSingleton<InstanceName>();
        services.AddSingleton<MinuteWriter>().AddHostedService(provider => provider.GetRequiredService<MinuteWriter>());
    }
}
