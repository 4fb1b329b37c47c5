using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Routing;

namespace RingPortal.Web.Hosting;

/// <summary>The content security policies: strict for plain pages, one step wider where a component library needs it.</summary>
internal sealed class SecurityHeadersPolicies(Uri? publicUrl)
{
    /// <summary>The job dashboard is a finished product with its own pages.</summary>
    public static readonly PathString Dashboard = new("/admin/hangfire");

    private readonly string plain = Policy(publicUrl, "");
    // Blazor needs a base element, and MudBlazor's fields, tables and popovers carry style attributes.
    private readonly string interactive = Policy(publicUrl, "; style-src-attr 'unsafe-inline'").Replace(
        "base-uri 'none'", "base-uri 'self'", StringComparison.Ordinal).Replace(
        // Pictures are fetched by a script, which also reads how old they are.
        "img-src 'self' data:", "img-src 'self' data: blob:", StringComparison.Ordinal);
    // Hangfire colours its state labels and draws its graphs with inline styles; its scripts are files of its own.
    private readonly string dashboard = Policy(publicUrl, "").Replace(
        "style-src 'self'", "style-src 'self' 'unsafe-inline'", StringComparison.Ordinal);

    public string For(HttpContext context)
    {
        if (SandboxedFile.Is(context))
            return SandboxedFile.Policy;

        if (context.Request.Path.StartsWithSegments(Dashboard))
            return dashboard;

        return IsInteractive(context) ? interactive : plain;
    }

    /// <summary>Whether the answer is a document with a circuit.</summary>
    public static bool IsInteractive(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && context.AcceptsInteractiveRouting();

    private static string Policy(Uri? publicUrl, string more)
    {
        // Older browsers do not count WebSockets as 'self'.
        var socket = publicUrl is null
            ? ""
            : $" {(publicUrl.Scheme == Uri.UriSchemeHttps ? "wss" : "ws")}://{publicUrl.Authority}";
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
            + $"connect-src 'self'{socket}; font-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
            + $"frame-ancestors 'none'{more}";
    }
}
