using Microsoft.AspNetCore.Antiforgery;

namespace RingPortal.Web.Account;

/// <summary>
/// Refuses a posted form without a valid antiforgery token by 400. For endpoints that bind no form field: the
/// framework checks the others by itself.
/// </summary>
public sealed class FormGuard(IAntiforgery antiforgery) : IEndpointFilter
{
    /// <inheritdoc />
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await antiforgery.IsRequestValidAsync(context.HttpContext) ? await next(context) : TypedResults.BadRequest();
}
