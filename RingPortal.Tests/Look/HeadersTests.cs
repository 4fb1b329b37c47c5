using System.Net;

namespace RingPortal.Tests.Look;

public sealed class HeadersTests(PlainHost host) : IClassFixture<PlainHost>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/help")]
    [InlineData("/nowhere")]
    [InlineData("/fails")]
    [InlineData("/api/fails")]
    [InlineData("/ring/page")]
    public async Task Every_Answer_Is_Protected(string address)
    {
        using var answer = await host.Client.GetAsync(address);

        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
            + "connect-src 'self' wss://portal.example.com; font-src 'self'; form-action 'self'; base-uri 'none'; "
            + "object-src 'none'; frame-ancestors 'none'",
            Header(answer, "Content-Security-Policy"));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
        Assert.Equal("max-age=31536000; includeSubDomains", Header(answer, "Strict-Transport-Security"));
        Assert.Contains("microphone=()", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("blazor-enhanced-nav"));
    }

    [Fact]
    public async Task Only_The_Job_Dashboard_May_Use_Inline_Styles_And_Nothing_May_Use_Inline_Scripts()
    {
        using var answer = await host.Client.GetAsync("/admin/hangfire/page");
        var policy = Header(answer, "Content-Security-Policy");

        Assert.Contains("style-src 'self' 'unsafe-inline';", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/help", "anna", "no-store")]
    [InlineData("/ring/page", null, "no-store")]
    [InlineData("/nowhere", null, "no-store")]
    [InlineData("/brand/icon", "anna", "public, max-age=3600")]
    public async Task What_Is_Private_Is_Never_Kept_And_What_Is_Public_May_Be(string address, string? user, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (user is not null)
            request.Headers.Add("X-Test-User", user);
        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(expected, Header(answer, "Cache-Control"));
    }

    [Fact]
    public async Task The_Theme_Is_Kept_For_Ever_Under_Its_Own_Hash_Only()
    {
        var page = await host.Client.GetStringAsync("/help");
        var address = page[page.IndexOf("/theme.", StringComparison.Ordinal)..].Split('"')[0];
        using var right = await host.Client.GetAsync(address);
        using var old = await host.Client.GetAsync("/theme.0000000000000000.css");

        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal("text/css", right.Content.Headers.ContentType!.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", Header(right, "Cache-Control"));
        Assert.Equal("no-cache", Header(old, "Cache-Control"));
    }

    private static string Header(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.GetValues(name));
}
