using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Webhooks.Intake;

/// <summary>The Webhook URL that is registered at Ring.</summary>
internal static class WebhookEndpoints
{
    public const string Path = "/ring/webhook";

    public static void MapWebhook(this IEndpointRouteBuilder routes) =>
        routes.MapRingPost(Path, routes.ServiceProvider.GetRequiredService<WebhookIntake>().ReceiveAsync);
}
