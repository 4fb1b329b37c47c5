using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Conventions;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Ring;

namespace RingPortal.Tests.Rights;

/// <summary>Object rights (reliability A10): what is named in an address answers its owner alone.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class RightsTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    /// <summary>EF Core's warning of a query that takes some rows in no order.</summary>
    private const int RowsInNoOrder = 10102;

    private PortalHost _portal = null!;

    public async Task InitializeAsync()
    {
        _portal = await PortalHost.StartAsync(
            database, settings: new Dictionary<string, string?> { ["Vault:Keys:0"] = RingServices.VaultKey }, configure: builder => builder.Services.AddSingleton(RingServices.Quick));
        using var client = _portal.CreateClient();
        await Eventually.TrueAsync(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode, TimeSpan.FromSeconds(60), "ready");
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public void Every_Route_With_A_Parameter_Stands_In_The_Matrix()
    {
        var routes = _portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<StaticAssetDescriptor>() is null && route.RoutePattern.Parameters.Count > 0)
            .Where(route => !StaffCrowd.IsDesk(route))
            .Where(route => !RightsMatrix.Framework.Any(prefix => route.RoutePattern.RawText!.StartsWith(prefix, StringComparison.Ordinal)))
            .SelectMany(route => (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (Method: method, Pattern: route.RoutePattern.RawText!)))
            .ToList();

        Assert.True(routes.Count >= 10, $"Only {routes.Count} routes were looked at.");
        Findings.None(routes.Where(route => !RightsMatrix.Nobodys.ContainsKey(route.Pattern) && !RightsMatrix.Rows.Any(row => row.Method == route.Method && row.Pattern == route.Pattern))
            .Select(route => $"{route.Method} {route.Pattern}"));
        // And nothing stands there that is no route any more.
        var known = routes.Select(route => route.Pattern).ToHashSet();
        Findings.None(RightsMatrix.Rows.Select(row => row.Pattern).Where(pattern => pattern.Contains('{', StringComparison.Ordinal)).Concat(RightsMatrix.Nobodys.Keys).Where(pattern => !known.Contains(pattern)));
    }

    [Fact]
    public async Task What_Is_Somebody_Elses_Or_Gone_Looks_Like_What_Does_Not_Exist()
    {
        using var cast = await RightsCast.GatherAsync(
            () => _portal.CreateClient(), database.ExecuteAsync,
            async make =>
            {
                await using var scope = _portal.Services.CreateAsyncScope();
                return await make(scope.ServiceProvider);
            });

        await cast.Check.RunAsync(RightsMatrix.Rows);

        Findings.None(cast.Check.Findings);
        Assert.True(cast.Check.Calls > 200, $"Only {cast.Check.Calls} answers were compared.");
        Assert.DoesNotContain(_portal.Logs.Entries, entry => entry.EventId == RowsInNoOrder);
        // A secret that nobody has looks the same to everybody.
        var answers = await Task.WhenAll(new[] { cast.Owner, cast.Nobody }.Select(person => person.GetAsync($"/unsubscribe/{Guid.NewGuid():N}")));
        Assert.Equal(answers[0].Status, answers[1].Status);
    }
}
