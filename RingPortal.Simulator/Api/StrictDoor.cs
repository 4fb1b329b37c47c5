using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Api;

/// <summary>Refuses what Ring does not know, loudly: routes, methods, query parameters.</summary>
internal sealed class StrictDoor(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            await context.RefuseAsync(StatusCodes.Status403Forbidden, "Forbidden", $"Unknown route {context.Request.Path}.", loud: true);
            return;
        }

        if (endpoint.Metadata.GetMetadata<OwnPage>() is not null)
        {
            await next(context);
            return;
        }

        if (endpoint.Metadata.GetMetadata<WireOperation>() is not { } wire)
        {
            await RefuseMethodAsync(context);
            return;
        }

        var stranger = context.Request.Query.Keys.FirstOrDefault(key => !wire.Query.Contains(key));
        if (stranger is not null)
            await context.RefuseAsync(StatusCodes.Status400BadRequest, "Bad Request", $"Unknown query parameter {stranger}.", loud: true);
        else
            await next(context);
    }

    /// <summary>The router's own answer for a known route with another method: it sets 405 and <c>Allow</c>, we add the body.</summary>
    private async Task RefuseMethodAsync(HttpContext context)
    {
        await next(context);
        if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed })
            await context.RefuseAsync(StatusCodes.Status405MethodNotAllowed, "Method Not Allowed", $"{context.Request.Method} is not known here.", loud: true);
    }
}
