using RingPortal.Web.Features.Webhooks.Desk;
using RingPortal.Web.Features.Webhooks.Intake;

namespace RingPortal.Web.Features.Webhooks;

/// <summary>Custody of Ring's deliveries.</summary>
internal static class WebhooksFeature
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services) =>
        services.AddSingleton<InboxWake>().AddWebhookIntake().AddInboxDesk();
}
