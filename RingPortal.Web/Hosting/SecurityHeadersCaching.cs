using Microsoft.AspNetCore.StaticAssets;
using RingPortal.Web.Components;

namespace RingPortal.Web.Hosting;

/// <summary>Decides what browsers and proxies may keep.</summary>
internal static class SecurityHeadersCaching
{
    private static readonly PathString Fonts = new("/fonts");
    private static readonly PathString Ring = new("/ring");

    /// <summary>The header's value, or null where the endpoint's own choice stands.</summary>
    public static string? For(HttpContext context)
    {
        if (IsFile(context))
        {
            // Fonts carry their version in the name, our own files in the query, modules in their folder.
            var isMarked = context.Request.Path.StartsWithSegments(Fonts) || context.Request.Query.ContainsKey("v") || ModuleAddresses.IsForever(context);
            var isWhole = context.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified;
            return isMarked && isWhole
                ? PublicAsset.Forever
                : null;
        }

        if (SandboxedFile.Is(context))
            return SandboxedFile.Caching;

        if (context.GetEndpoint()?.Metadata.GetMetadata<PublicAsset>() is not null)
            return null;

        var isPrivate = context.User.Identity is { IsAuthenticated: true }
            || context.Request.Path.StartsWithSegments(Ring)
            || context.Response.StatusCode >= StatusCodes.Status400BadRequest;
        return isPrivate ? "no-store" : null;
    }

    private static bool IsFile(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;
}
