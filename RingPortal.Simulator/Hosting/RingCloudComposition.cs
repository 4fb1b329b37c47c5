using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Api;
using RingPortal.Simulator.Backend;
using RingPortal.Simulator.Control;
using RingPortal.Simulator.Deliveries;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.History;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Live;
using RingPortal.Simulator.Media;
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
        services.AddSingleton(provider => new HistoryBook(
            provider.GetRequiredService<RingStore>(), provider.GetRequiredService<SimulatorClock>(), new HistoryFile(options.DataPath)));
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
            provider.GetRequiredService<RingStore>(),
            provider.GetRequiredService<EventFactory>(),
            provider.GetRequiredService<DeliveryEngine>(),
            provider.GetRequiredService<HistoryBook>()));
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
            provider.GetRequiredService<RingStore>(),
            provider.GetRequiredService<SimulatorClock>(),
            provider.GetRequiredService<RingSettings>(),
            provider.GetRequiredService<HistoryBook>()));
        services.AddSingleton<LiveDesk>();
        services.AddSingleton<MediaOrigin>();
        services.AddSingleton<MediaTickets>();
        services.AddSingleton<Recordings>();
        services.AddSimulatorPages();
    }

    public static void UseRingCloud(this WebApplication app)
    {
        app.UseRouting();
        app.UseMiddleware<OriginDoor>();
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
        app.MapMedia();
        app.MapMediaOrigin();
        app.MapHistory();
        app.MapSimulatorPages();
        app.MapControl();
    }
}
