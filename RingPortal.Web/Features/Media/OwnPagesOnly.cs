namespace RingPortal.Web.Features.Media;

/// <summary>
/// Pictures are for our own pages and for somebody who opens their address: other sites cannot even cause one to be fetched
/// from Ring, which would mark events as reviewed that nobody saw.
/// </summary>
internal sealed class OwnPagesOnly : IEndpointFilter
{
    private const string Site = "Sec-Fetch-Site";

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Headers[Site].ToString() is "" or "same-origin" or "none"
            ? next(context)
            : ValueTask.FromResult<object?>(MediaAnswer.NotFound());
}
