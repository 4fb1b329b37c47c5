using Bunit;

namespace RingPortal.Tests.Admin.Ui;

public sealed class AdminPageBaseTests : AdminUiContext
{
    [Fact]
    public void An_Open_Page_Reads_Again_And_Says_When()
    {
        var page = RenderPage<FreshPage>();
        Assert.Equal("1", page.Find(".content").TextContent);
        Assert.Contains("Updated 14:20:11", Words(Head.Markup), StringComparison.Ordinal);

        Clock.Advance(TimeSpan.FromSeconds(2));

        page.WaitForAssertion(() => Assert.Equal("2", page.Find(".content").TextContent));
        Head.WaitForAssertion(() => Assert.Contains("Updated 14:20:13", Words(Head.Markup), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Paused_Page_Stands_Still_Until_It_Goes_On()
    {
        var page = RenderPage<FreshPage>();

        await Head.Find("[data-pause]").ClickAsync(new());
        Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Contains("Paused at 14:20:11", Words(Head.Markup), StringComparison.Ordinal);
        Assert.Equal(1, page.Instance.Readings);

        await Head.Find("[data-pause]").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal(2, page.Instance.Readings));
        Head.WaitForAssertion(() => Assert.Contains("Updated 14:20:21", Words(Head.Markup), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Hidden_Tab_Is_Not_Read_And_Catches_Up_When_It_Is_Seen()
    {
        var page = RenderPage<FreshPage>();

        await page.InvokeAsync(() => page.Instance.SeeAsync(isSeen: false));
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, page.Instance.Readings);

        await page.InvokeAsync(() => page.Instance.SeeAsync(isSeen: true));
        Assert.Equal(2, page.Instance.Readings);
    }

    [Fact]
    public async Task A_Failure_Is_Told_With_A_Number_And_What_Was_Read_Stays()
    {
        var fails = false;
        var page = RenderPage<FreshPage>(parameters => parameters.Add(p => p.Reading, () => fails ? throw new InvalidOperationException("away") : Task.CompletedTask));

        fails = true;
        Clock.Advance(TimeSpan.FromSeconds(2));

        page.WaitForAssertion(() => Assert.Contains("tell us the number", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.NotEmpty(page.FindAll(".content"));
        Assert.DoesNotContain("away", page.Markup, StringComparison.Ordinal);

        fails = false;
        // The page shows before it begins to wait for its next turn.
        await page.InvokeAsync(() => { });
        Clock.Advance(TimeSpan.FromSeconds(2));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=alert]")));
    }

    [Fact]
    public void Before_The_First_Reading_The_Page_Says_That_It_Loads_And_Later_That_It_Is_Slow()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var page = RenderPage<FreshPage>(parameters => parameters.Add(p => p.Reading, () => answer.Task));
        Assert.Equal("true", page.Find(".rp-admin-page").GetAttribute("aria-busy"));

        Clock.Advance(TimeSpan.FromSeconds(11));
        page.WaitForAssertion(() => Assert.Equal("Still loading.", page.Find("[role=status]").TextContent));

        answer.SetResult();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".content")));
    }

    private static string Words(string markup) => new AngleSharp.Html.Parser.HtmlParser().ParseDocument(markup).Body!.TextContent;
}
