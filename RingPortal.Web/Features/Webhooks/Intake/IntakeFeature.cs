namespace RingPortal.Web.Features.Webhooks.Intake;

/// <summary>From Ring's call to the committed row.</summary>
internal static class IntakeFeature
{
    public static IServiceCollection AddWebhookIntake(this IServiceCollection services) => services
        .AddSingleton<WebhookIntake>()
        .AddSingleton<IntakeAdmission>()
        .AddSingleton<SignatureWatch>()
        .AddSingleton<AnswerTimes>()
        .AddSingleton<WebhookInbox>()
        .AddSingleton<InboxBatcher>()
        .AddSingleton<InboxWriter>()
        .AddSingleton<InboxRows>()
        .AddSingleton<InboxGate>().AddHostedService(provider => provider.GetRequiredService<InboxGate>())
        .AddSingleton<IntakeAlarms>().AddHostedService(provider => provider.GetRequiredService<IntakeAlarms>());
}
