using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;
using RingPortal.Web.Components;

namespace RingPortal.Tests.Hosting;

/// <summary>Browsers keep our scripts for ever under the mark of their content, and no other address of theirs.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class ModuleAddressTests(LinkWorld world) : IClassFixture<LinkWorld>
{
    [Fact]
    public async Task Every_Module_Is_Kept_For_Ever_By_Its_Marked_Address_And_Answered_Anew_By_Any_Other()
    {
        using var client = world.Portal.CreateClient();
        var modules = world.Portal.Services.GetRequiredService<ModuleAddresses>().All;
        Assert.True(modules.Count > 10, $"Only {modules.Count} modules were found.");

        foreach (var address in modules)
        {
            Assert.Matches("^/js/[0-9a-f]{16}/[a-z/-]+\\.js$", address);
            Assert.Equal((HttpStatusCode.OK, true), await KeptAsync(client, address));
            var path = address["/js/".Length..][17..];
            Assert.Equal((HttpStatusCode.OK, false), await KeptAsync(client, $"/js/{path}"));
            Assert.Equal((HttpStatusCode.OK, false), await KeptAsync(client, $"/js/0123456789abcdef/{path}"));
        }

        Assert.Equal((HttpStatusCode.NotFound, false), await KeptAsync(client, Regex.Replace(modules[0], "[a-z]+\\.js$", "nothing.js")));
    }

    private static async Task<(HttpStatusCode Status, bool IsKept)> KeptAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address);
        if (answer.IsSuccessStatusCode)
        {
            Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        }

        return (answer.StatusCode, answer.Headers.CacheControl?.ToString().Contains("immutable", StringComparison.Ordinal) is true);
    }
}
