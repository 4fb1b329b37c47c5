namespace RingPortal.Web.Hosting;

/// <summary>An address that Ring's backend posts to: every other method is 405, whatever else is mapped around it.</summary>
internal static class PostOnly
{
    public static void MapRingPost(this IEndpointRouteBuilder routes, string path, Delegate handler)
    {
        routes.MapPost(path, handler).AllowAnonymous().DisableAntiforgery().ShortCircuit();
        routes.Map(path, Refuse).AllowAnonymous().DisableAntiforgery();
    }

    private static Microsoft.AspNetCore.Http.HttpResults.StatusCodeHttpResult Refuse(HttpContext http)
    {
        http.Response.Headers.Allow = HttpMethods.Post;
        return TypedResults.StatusCode(StatusCodes.Status405MethodNotAllowed);
    }
}
