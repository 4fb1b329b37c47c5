using RingPortal.Simulator.Ledger;

namespace RingPortal.Simulator.Page;

/// <summary>The rules of the simulator's own pages: marked as such, no foreign resources, no foreign callers.</summary>
internal static class OwnPages
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>For an e-mail inside one of our pages.</summary>
    public const string Paper = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

    public static RouteGroupBuilder MapOwn(this IEndpointRouteBuilder routes, string prefix)
    {
        var group = routes.MapGroup(prefix);
        group.WithMetadata(new OwnPage());
        group.AddEndpointFilter(GuardAsync);
        return group;
    }

    /// <summary>Another site open in the same browser must not press our buttons.</summary>
    private static async ValueTask<object?> GuardAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var site = context.Request.Headers["Sec-Fetch-Site"].ToString();
        if (!HttpMethods.IsGet(context.Request.Method) && site is "cross-site" or "same-site")
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);

        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            return await next(invocation);
        }
        catch (BadHttpRequestException wrong)
        {
            return TypedResults.Text(wrong.Message, "text/plain", statusCode: wrong.StatusCode);
        }
    }
}
