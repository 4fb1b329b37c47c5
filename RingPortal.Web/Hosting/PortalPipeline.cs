using RingPortal.Web.Account;
using RingPortal.Web.Components;
using RingPortal.Web.Features.Audit.Export;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.Erasure;
using RingPortal.Web.Features.Linking;
using RingPortal.Web.Features.LiveView;
using RingPortal.Web.Features.Media;
using RingPortal.Web.Features.Notifications;
using RingPortal.Web.Features.Tokens.Intake;
using RingPortal.Web.Features.Webhooks.Intake;
using RingPortal.Web.Hosting.Telemetry;
using RingPortal.Web.Jobs;

namespace RingPortal.Web.Hosting;

/// <summary>The order of the pipeline and all addresses, feature by feature.</summary>
internal static class PortalPipeline
{
    public static void UsePortal(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UsePortalHeaders();
        app.UseErrorPages();
        app.UseModules();
        // What Ring's backend posts is answered right here: it has no cookie, no rights and no form.
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapHealth();
        app.MapMetrics();
        app.MapTokenIntake();
        app.MapWebhook();
        app.MapLinking();
        app.MapLook();
        app.MapAccount();
        app.MapErasure();
        app.MapMedia();
        app.MapNotifications();
        app.MapLiveView();
        app.MapJobs();
        app.MapAuditExports();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null).Add(LivePageEndpoints.OnlyRead);
    }
}
