using Hangfire;
using Hangfire.Common;
using Hangfire.Dashboard;
using Hangfire.PostgreSql;
using RingPortal.Migrations;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Jobs;

/// <summary>Hangfire on PostgreSQL: sliding invisibility, no schema of its own making, few workers, its own pool.</summary>
internal static class JobsFeature
{
    public const string DashboardPath = "/admin/hangfire";

    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        // Hangfire's own registration keeps the storage in a static field: two portals in one process would share one.
        services.AddSingleton<JobStorage>(provider => new PostgreSqlStorage(
            new HangfireConnections(provider.GetRequiredService<PortalDataSources>()),
            new PostgreSqlStorageOptions
            {
                SchemaName = PortalMigrator.HangfireSchema,
                PrepareSchemaIfNecessary = false,
                UseSlidingInvisibilityTimeout = true,
                InvisibilityTimeout = TimeSpan.FromSeconds(60),
                DistributedLockTimeout = TimeSpan.FromMinutes(1),
                QueuePollInterval = TimeSpan.FromSeconds(1),
                EnableTransactionScopeEnlistment = false,
            }));
        services.AddSingleton<JobMeter>().AddSingleton<IJobFilterProvider>(provider => provider.GetRequiredService<JobMeter>());
        services.AddHangfire((provider, hangfire) => hangfire
            .UseLogProvider(new HangfireLogs(provider.GetRequiredService<ILoggerFactory>()))
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings());
        services.AddHangfireServer(server =>
        {
            server.WorkerCount = 4;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
            server.ShutdownTimeout = TimeSpan.FromSeconds(15);
        });
        services.AddSingleton<JobActivator, BackgroundJobActivator>();
        services.AddHostedService<JobScheduleRegistration>();
        services.AddSingleton<WorkWake>().AddScoped<FinishLinkJob>().AddScoped<TellRelinkJob>();
        return services;
    }

    public static void MapJobs(this IEndpointRouteBuilder routes) =>
        routes.MapHangfireDashboard(DashboardPath, new DashboardOptions
        {
            // Never Hangfire's own "local requests only": behind a proxy on the same host everybody is local.
            Authorization = [],
            AsyncAuthorization = [],
            IsReadOnlyFunc = context => !DashboardActs.MayAct(context.GetHttpContext()),
            DashboardTitle = "Jobs",
            AppPath = "/admin",
            DisplayStorageConnectionString = false,
            // Said outright, although it is Hangfire's default: what is posted needs the form's own token.
            IgnoreAntiforgeryToken = false,
        }).RequireAuthorization(StaffPolicies.Look).Add(DashboardActs.Record);
}
