using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace RingPortal.Tests.Look;

public sealed class SitePagesTests(PlainHost host) : IClassFixture<PlainHost>
{
    [Theory]
    [InlineData("/", "See your Ring cameras in one place - Fairview")]
    [InlineData("/help", "Help - Fairview")]
    [InlineData("/privacy", "Privacy - Fairview")]
    [InlineData("/terms", "Terms - Fairview")]
    public async Task A_Public_Page_Is_A_Whole_Document_With_Its_Landmarks(string address, string title)
    {
        var page = await ReadAsync(address, HttpStatusCode.OK);

        Assert.Equal(title, page.Title);
        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        foreach (var once in (string[])["h1", "header", "main", "footer", "nav[aria-label=Main]", "#rp-status[role=status]", "#rp-alert[role=alert]"])
            Assert.Single(page.QuerySelectorAll(once));
        Assert.Equal("#main", page.QuerySelector(".rp-skip")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/help")]
    [InlineData("/nowhere")]
    public async Task Plain_Pages_Load_Nothing_Of_Blazor_Or_MudBlazor(string address)
    {
        using var answer = await host.Client.GetAsync(address);
        var html = await answer.Content.ReadAsStringAsync();

        Assert.DoesNotContain("blazor.web.js", html, StringComparison.Ordinal);
        Assert.DoesNotContain("MudBlazor", html, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_For_The_Headers_Of_A_Page_Is_Answered()
    {
        using var answer = await host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/help"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Whoever_Is_Signed_In_Goes_To_The_Cameras()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("X-Test-User", "anna@example.org");
        using var answer = await host.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.Redirect, "/devices"), (answer.StatusCode, answer.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task The_Account_Menu_Signs_Out_By_A_Protected_Form()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/help");
        request.Headers.Add("X-Test-User", "anna@example.org");
        using var answer = await host.Client.SendAsync(request);
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

        var form = Assert.IsType<IHtmlFormElement>(page.QuerySelector("#account-menu form"), exactMatch: false);
        Assert.Equal(("/Account/Logout", "post"), (form.GetAttribute("action"), form.GetAttribute("method")));
        Assert.NotNull(form.QuerySelector("input[name=__RequestVerificationToken]"));
        Assert.Equal("page", page.QuerySelector("nav[aria-label=Main] a[href='/help']")!.GetAttribute("aria-current"));
    }

    private async Task<IHtmlDocument> ReadAsync(string address, HttpStatusCode expected)
    {
        using var answer = await host.Client.GetAsync(address);
        Assert.Equal(expected, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }
}
