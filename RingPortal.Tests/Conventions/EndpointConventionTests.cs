using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Conventions;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class EndpointConventionTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    /// <summary>The framework's own: scripts, static files in development, and the circuit, whose pages are authorised one by one.</summary>
    private static readonly string[] s_framework = ["_framework/", "_blazor", "/_framework/", "/_blazor", "_content/", "{**path:file}"];

    [Fact]
    public async Task Every_Address_Says_Who_May_Use_It()
    {
        await using var portal = PortalHost.Compose(database);
        var routes = ((IEndpointRouteBuilder)portal.Application).DataSources
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Where(route => !s_framework.Any(prefix => route.RoutePattern.RawText!.StartsWith(prefix, StringComparison.Ordinal)))
            .ToList();

        var silent = routes.Where(route =>
            route.Metadata.GetMetadata<IAuthorizeData>() is null
            && route.Metadata.GetMetadata<AuthorizationPolicy>() is null
            && route.Metadata.GetMetadata<IAllowAnonymous>() is null);

        Assert.True(routes.Count >= 15, $"Only {routes.Count} addresses were looked at.");
        Findings.None(silent.Select(route => route.RoutePattern.RawText));
    }
}
