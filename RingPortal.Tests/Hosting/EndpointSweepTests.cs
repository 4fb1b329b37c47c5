using System.Net;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;

namespace RingPortal.Tests.Hosting;

/// <summary>
/// Bad input to every address, by the endpoint table, so that a new address is swept without anybody thinking of it:
/// never a 5xx, never a stack trace, and what Ring and machines call never redirects.
/// </summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class EndpointSweepTests(LinkWorld world) : IClassFixture<LinkWorld>
{
    private static readonly string[] s_bodies = ["", "code", "{\"a\":", "%%%=%ff&&&", "\0\u0001\u0002"];

    [Fact]
    public async Task No_Address_Fails_On_Bad_Input()
    {
        using var client = world.Portal.CreateClient();
        var swept = 0;
        foreach (var (path, method) in Addresses())
        {
            foreach (var body in method is "GET" or "HEAD" ? [""] : s_bodies)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path + "?x=%00&returnUrl=//evil.example");
                if (body.Length > 0)
                {
                    request.Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
                }

                using var answer = await client.SendAsync(request);
                Assert.True((int)answer.StatusCode < 500, $"{method} {path} answers {(int)answer.StatusCode}");
                Assert.DoesNotContain("   at ", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
                var location = answer.Headers.Location?.ToString() ?? "/";
                Assert.True(location.StartsWith('/') && !location.StartsWith("//", StringComparison.Ordinal) || location.StartsWith(world.Portal.BaseAddress.ToString(), StringComparison.Ordinal), $"{method} {path} leads to {location}");
                swept++;
            }
        }

        Assert.True(swept > 100, $"Only {swept} calls were made: the endpoint table was not read.");
        Assert.DoesNotContain(world.Portal.Logs.Lines, line => line.Contains("request failed, reference", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/ring/token")]
    [InlineData("/ring/webhook")]
    public async Task What_Ring_Calls_Never_Redirects(string path)
    {
        using var client = world.Portal.CreateClient();
        foreach (var method in new[] { "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS" })
        {
            using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            Assert.False((int)answer.StatusCode is >= 300 and < 400, $"{method} {path} answers {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task An_Address_That_Does_Not_Exist_Has_A_Page_For_People_And_A_Bare_Answer_For_Machines()
    {
        using var client = world.Portal.CreateClient();
        using var page = await client.GetAsync("/no/such/page");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains("This page does not exist", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var api = await client.GetAsync("/api/no/such/thing");
        Assert.Equal(HttpStatusCode.NotFound, api.StatusCode);
        Assert.DoesNotContain("<html", await api.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    private IEnumerable<(string Path, string Method)> Addresses()
    {
        var endpoints = world.Portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
        foreach (var endpoint in endpoints)
        {
            var pattern = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
            {
                Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "id" } => Guid.NewGuid().ToString(),
                _ => "x",
            }))));
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
            {
                if (!pattern.StartsWith("/_blazor", StringComparison.Ordinal) && !pattern.StartsWith("/_content", StringComparison.Ordinal))
                {
                    yield return (pattern, method);
                }
            }
        }
    }
}
