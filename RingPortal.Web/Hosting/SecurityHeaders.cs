using Microsoft.Extensions.Options;

namespace RingPortal.Web.Hosting;

/// <summary>Puts the protective headers on every answer, at the last moment, so that nothing can take them away again.</summary>
public static class SecurityHeaders
{
    /// <summary>Must stand first in the pipeline, so that error answers carry the headers too.</summary>
    public static IApplicationBuilder UsePortalHeaders(this IApplicationBuilder app)
    {
        var portal = app.ApplicationServices.GetRequiredService<IOptions<PortalOptions>>().Value;
        var isDevelopment = app.ApplicationServices.GetRequiredService<IHostEnvironment>().IsDevelopment();
        var policies = new SecurityHeadersPolicies(portal.PublicUrl);
        return app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                Write(context, policies, isDevelopment);
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    private static void Write(HttpContext context, SecurityHeadersPolicies policies, bool isDevelopment)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = policies.For(context);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers.XFrameOptions = "DENY";
        if (!SecurityHeadersPolicies.IsInteractive(context))
        {
            // Moving between plain and interactive pages must be a full load: each kind has its own policy.
            headers.Remove("blazor-enhanced-nav");
        }

        if (!isDevelopment)
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        if (SecurityHeadersCaching.For(context) is { } caching)
            headers.CacheControl = caching;
    }

    // Audio from a camera is one-way: the portal never needs the reader's own camera or microphone.
    private const string PermissionsPolicy =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
        + "midi=(), payment=(), usb=(), xr-spatial-tracking=(), autoplay=(self), fullscreen=(self), "
        + "picture-in-picture=(self), publickey-credentials-create=(self), publickey-credentials-get=(self)";
}
