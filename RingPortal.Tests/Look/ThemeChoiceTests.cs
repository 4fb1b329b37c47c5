using System.Net;
using AngleSharp.Html.Parser;

namespace RingPortal.Tests.Look;

public sealed class ThemeChoiceTests(PlainHost host) : IClassFixture<PlainHost>
{
    [Theory]
    [InlineData("/help", "/help")]
    [InlineData("/devices?view=wall", "/devices?view=wall")]
    [InlineData("https://evil.example", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    public async Task The_Choice_Is_Remembered_And_Leads_Back_Within_The_Portal(string returnUrl, string expected)
    {
        using var answer = await ChooseAsync("dark", returnUrl);

        Assert.Equal((HttpStatusCode.Redirect, expected), (answer.StatusCode, answer.Headers.Location!.ToString()));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), line => line.StartsWith("__Host-theme=dark", StringComparison.Ordinal));
        foreach (var flag in (string[])["secure", "httponly", "samesite=lax", "path=/"])
            Assert.Contains(flag, cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dark", "dark")]
    [InlineData("light", "light")]
    [InlineData("neon", null)]
    public async Task The_Page_Is_Printed_In_The_Chosen_Theme(string cookie, string? expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/help");
        request.Headers.Add("Cookie", $"__Host-theme={cookie}");
        using var answer = await host.Client.SendAsync(request);
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

        Assert.Equal(expected, page.DocumentElement.GetAttribute("data-theme"));
    }

    [Fact]
    public async Task The_System_Decides_Again_When_Asked_To()
    {
        using var answer = await ChooseAsync("system", "/");

        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), line => line.StartsWith("__Host-theme=; expires=Thu, 01 Jan 1970", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_Unknown_Choice_And_A_Foreign_Form_Are_Refused()
    {
        using var unknown = await ChooseAsync("neon", "/");
        using var foreign = await host.Client.PostAsync("/theme", new FormUrlEncodedContent([new("theme", "dark")]));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (unknown.StatusCode, foreign.StatusCode));
    }

    private async Task<HttpResponseMessage> ChooseAsync(string theme, string returnUrl)
    {
        using var answer = await host.Client.GetAsync("/help");
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        var protection = page.QuerySelector("form.rp-theme input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/theme")
        {
            Content = new FormUrlEncodedContent([new("theme", theme), new("returnUrl", returnUrl), new("__RequestVerificationToken", protection)]),
        };
        request.Headers.Add("Cookie", string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(line => line.Split(';')[0])));
        return await host.Client.SendAsync(request);
    }
}
