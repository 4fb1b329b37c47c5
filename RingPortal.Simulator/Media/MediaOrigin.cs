namespace RingPortal.Simulator.Media;

/// <summary>The second host, from which files are fetched without any credentials of the partner.</summary>
internal sealed class MediaOrigin
{
    /// <summary>Where it listens; known once the cloud has started.</summary>
    public Uri Address { get; set; } = new("http://127.0.0.1:1");

    /// <summary>Its address as the caller of the cloud reaches it: the same name, another port.</summary>
    public Uri For(HttpRequest request) => new UriBuilder(Uri.UriSchemeHttp, request.Host.Host, Address.Port).Uri;
}

/// <summary>Marks what the second host has, and nothing else has.</summary>
internal sealed record OnMediaOrigin;

/// <summary>Keeps the two hosts apart: what belongs to one is unknown at the other.</summary>
internal sealed class OriginDoor(RequestDelegate next, MediaOrigin origin)
{
    public Task InvokeAsync(HttpContext context)
    {
        var there = context.Connection.LocalPort == origin.Address.Port;
        if (context.GetEndpoint() is { } endpoint && there != (endpoint.Metadata.GetMetadata<OnMediaOrigin>() is not null))
            context.SetEndpoint(null);

        return next(context);
    }
}
