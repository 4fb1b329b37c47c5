using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Api;
using RingPortal.Simulator.Backend;
using RingPortal.Simulator.Control;
using RingPortal.Simulator.Deliveries;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Live;
using RingPortal.Simulator.OAuth;
using RingPortal.Simulator.Page;
using RingPortal.Simulator.Plans;
using RingPortal.Simulator.State;

namespace RingPortal.Simulator.Hosting;

/// <summary>Puts the cloud together: its services and its pipeline.</summary>
internal static class RingCloudComposition
{
    public static void AddRingCloud(this IServiceCollection services, RingCloudOptions options)
    {
        services.AddRoutingCore();
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<SimulatorClock>();
        services.AddSingleton<RingSettings>();
        services.AddSingleton(new StateFile(options.DataPath));
        services.AddSingleton<RingStore>();
        services.AddSingleton<TokenDesk>();
        services.AddSingleton<IntegrationDesk>();
        services.AddSingleton<IntegrationAnswers>();
        services.AddSingleton<CallLedger>();
        services.AddSingleton<FaultPlan>();
        services.AddSingleton<PartnerClient>();
        services.AddSingleton(provider => new DeliveryLog(options, provider.GetRequiredService<SimulatorClock>()));
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<DeliverySender>();
        services.AddSingleton<DeliveryEngine>();
        services.AddSingleton<EventFactory>();
        services.AddSingleton(provider => new RingEvents(
            provider.GetRequiredService<RingStore>(), provider.GetRequiredService<EventFactory>(), provider.GetRequiredService<DeliveryEngine>()));
        services.AddSingleton<RingBackend>();
        services.AddSingleton(provider => new AccountBook(provider.GetRequiredService<RingStore>(), provider.GetRequiredService<RingEvents>()));
        services.AddSingleton(provider => new PlanBook(
            provider.GetRequiredService<RingStore>(),
            provider.GetRequiredService<EventFactory>(),
            provider.GetRequiredService<RingEvents>(),
            provider.GetRequiredService<SimulatorClock>()));
        services.AddSingleton(provider => new BurstDesk(
            provider.GetRequiredService<RingStore>(), provider.GetRequiredService<RingEvents>(), provider.GetRequiredService<SimulatorClock>()));
        services.AddSingleton(provider => new DayDesk(
            provider.GetRequiredService<RingStore>(), provider.GetRequiredService<AccountBook>(), provider.GetRequiredService<RingEvents>()));
        services.AddSingleton(provider => new LiveSessions(
            provider.GetRequiredService<RingStore>(), provider.GetRequiredService<SimulatorClock>(), provider.GetRequiredService<RingSettings>()));
        services.AddSingleton<LiveDesk>();
        services.AddSimulatorPages();
    }

    public static void UseRingCloud(this WebApplication app)
    {
        app.UseRouting();
        app.UseMiddleware<CallRecorder>();
        app.UseMiddleware<FaultInjector>();
        app.UseMiddleware<RateLimit>();
        app.UseMiddleware<StrictDoor>();
        app.UseMiddleware<BearerDoor>();
        app.MapOAuth();
        app.MapUsers();
        app.MapIntegrations();
        app.MapDevices();
        app.MapSubscriptions();
        app.MapLive();
        app.MapSimulatorPages();
        app.MapControl();
    }
}
