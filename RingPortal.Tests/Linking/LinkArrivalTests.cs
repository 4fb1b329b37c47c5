using System.Globalization;
using System.Net;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Linking;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class LinkArrivalTests(LinkWorld world) : IClassFixture<LinkWorld>
{
    private const string Nonce = "oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE";

    [Fact]
    public async Task A_Fresh_Redirect_Goes_To_A_Clean_Address_And_The_Nonce_Into_A_Sealed_Cookie()
    {
        using var visitor = new Visitor(world.Portal);
        var page = await visitor.OpenAsync($"/ring/link?nonce={Nonce}&time={Now()}");

        Assert.Equal(HttpStatusCode.SeeOther, page.Status);
        Assert.Equal("/ring/link/continue", page.Location);
        var cookie = Assert.Single(page.Answer.Headers.GetValues("Set-Cookie"), value => value.StartsWith("rp-link=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Nonce, cookie, StringComparison.Ordinal);
        Assert.Equal("no-referrer", page.Answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(page.Answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task The_Next_Page_Offers_Sign_Up_First_And_Sign_In_Second_And_Names_No_Secret()
    {
        using var visitor = new Visitor(world.Portal);
        var page = await visitor.ArriveAsync(new Uri(world.Portal.BaseAddress, $"/ring/link?nonce={Nonce}&time={Now()}"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("Connect your Ring cameras to Fairview", page.Heading);
        Assert.Equal(["/ring/link/sign-up", "/ring/link/sign-in"], page.Document.Forms.Select(form => form.GetAttribute("action")));
        Assert.DoesNotContain(Nonce, page.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Document.Scripts, script => script.Source is null);
    }

    [Fact]
    public async Task Without_Parameters_The_Page_Explains_How_To_Start()
    {
        using var visitor = new Visitor(world.Portal);
        var page = await visitor.OpenAsync("/ring/link");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("Connecting starts in the Ring app", page.Heading);
        var legacy = await visitor.OpenAsync("/ring/link?redirect_uri=https://evil.example&state=abc");
        Assert.Equal(HttpStatusCode.OK, legacy.Status);
        Assert.Null(legacy.Location);
    }

    [Fact]
    public async Task After_Ten_Minutes_The_Page_Says_So()
    {
        using var visitor = new Visitor(world.Portal);
        var page = await visitor.OpenAsync($"/ring/link?nonce={Nonce}&time={Now() - 601_000}");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("This page has run out of time", page.Heading);
    }

    [Theory]
    [InlineData("nonce=short&time=NOW")]
    [InlineData("time=NOW")]
    [InlineData("nonce=oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE")]
    [InlineData("nonce=oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE&time=")]
    [InlineData("nonce=oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE&time=FUTURE")]
    [InlineData("nonce=oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE&time=-5")]
    [InlineData("nonce=oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE&time=1e30")]
    [InlineData("nonce=oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE&time=9999999999999999")]
    [InlineData("nonce=oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE&time=NOW&time=NOW")]
    [InlineData("nonce=oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE&nonce=oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE&time=NOW")]
    [InlineData("nonce=oTp39HwaxB9BKudzeTXbng3AA/Sa74sM9fuyhoGZ%2BwE&time=NOW")]
    [InlineData("nonce=oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE=&time=NOW")]
    public async Task Anything_That_Is_Not_Rings_Form_Gets_The_Broken_Page_And_No_Cookie(string query)
    {
        using var visitor = new Visitor(world.Portal);
        var now = Now().ToString(CultureInfo.InvariantCulture);
        var page = await visitor.OpenAsync("/ring/link?" + query.Replace("NOW", now, StringComparison.Ordinal).Replace("FUTURE", (Now() + 60_000).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("This address does not work", page.Heading);
        Assert.False(page.Answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("rp-link=", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/ring/link/continue")]
    [InlineData("/ring/link/confirm")]
    public async Task Without_The_Cookie_The_Flow_Starts_Again_In_The_Ring_App(string path)
    {
        using var visitor = new Visitor(world.Portal);
        var page = await visitor.OpenAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Start again in the Ring app", page.Heading);
    }

    [Theory]
    [InlineData("/ring/link")]
    [InlineData("/ring/link/continue")]
    [InlineData("/ring/link/confirm")]
    [InlineData("/ring/link/done")]
    [InlineData("/ring/config")]
    public async Task Head_Is_Answered_Like_Get_Without_A_Body(string path)
    {
        using var client = world.Portal.CreateClient();
        using var get = await client.GetAsync(path);
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("application/json", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("text/html,application/xhtml+xml", "text/html")]
    public async Task The_Homepage_Answers_Machines_With_Json_And_People_With_A_Page(string accept, string type)
    {
        using var client = world.Portal.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ring/config");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Accept", answer.Headers.Vary.Single());
        if (type == "application/json")
        {
            using var json = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.Equal("ok", json.RootElement.GetProperty("status").GetString());
            Assert.Equal(new Uri(world.Portal.BaseAddress, "/ring/link").ToString(), json.RootElement.GetProperty("links").GetProperty("account_link").GetString());
        }
    }

    [Fact]
    public async Task Three_Hundred_Arrivals_A_Minute_Pass_And_More_Are_Told_To_Wait()
    {
        await using var portal = await PortalHost.StartAsync(world.Database);
        await LinkWorld.ReadyAsync(portal);
        using var client = portal.CreateClient();
        var statuses = new List<HttpStatusCode>();
        HttpResponseMessage? last = null;
        for (var i = 0; i < 320 && last?.StatusCode is not HttpStatusCode.TooManyRequests; i++)
        {
            last = await client.GetAsync("/ring/link");
            statuses.Add(last.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last!.StatusCode);
        Assert.True(last.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.InRange(statuses.Count(status => status is HttpStatusCode.OK), 300, 319);
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}
