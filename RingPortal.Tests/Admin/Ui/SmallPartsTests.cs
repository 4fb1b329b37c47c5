using Bunit;
using RingPortal.Web.Components;
using RingPortal.Web.Features.Admin.Ui;

namespace RingPortal.Tests.Admin.Ui;

public sealed class SmallPartsTests : AdminUiContext
{
    [Fact]
    public void Tabs_Are_Links_With_Counts_And_One_Is_Current()
    {
        var tabs = Render<RpTabs>(parameters => parameters.Add(p => p.Label, "State").Add(p => p.Items,
            [new("/admin/jobs?state=done", "Done", 10_000, Current: false, More: true), new("/admin/jobs?state=stopped", "Stopped", 1, Current: true)]));

        Assert.Equal([null, "page"], tabs.FindAll("a").Select(tab => tab.GetAttribute("aria-current")));
        Assert.Equal(["10,000+", "1"], tabs.FindAll(".rp-count").Select(count => count.TextContent));
        Assert.Equal("State", tabs.Find("nav").GetAttribute("aria-label"));
    }

    [Fact]
    public void The_Pager_Is_There_Only_When_There_Is_More()
    {
        Assert.Empty(Render<RpPager>().Markup.Trim());

        var pager = Render<RpPager>(parameters => parameters.Add(p => p.Older, "/admin/jobs?before=9"));
        Assert.Equal("/admin/jobs?before=9", pager.Find("a").GetAttribute("href"));
    }

    [Fact]
    public async Task The_Bar_Offers_All_That_Match_And_Then_Says_So()
    {
        var asked = 0;
        var bar = Render<RpSelectBar>(parameters => parameters.Add(p => p.Count, 2).Add(p => p.Matching, 1_204).Add(p => p.OnSelectAll, () => asked++));
        Assert.Equal("2 selected", bar.Find("[role=status]").TextContent);

        await bar.FindAll("button").First(button => button.TextContent == "Select all 1,204 that match").ClickAsync(new());
        Assert.Equal(1, asked);

        bar.Render(parameters => parameters.Add(p => p.All, true));
        Assert.Equal("All 1,204 that match are selected", bar.Find("[role=status]").TextContent);
    }

    [Fact]
    public void A_Figure_Is_A_Link_Only_Where_Rows_Stand_Behind_It()
    {
        var link = Render<RpTile>(parameters => parameters.Add(p => p.Title, "Waiting").Add(p => p.Value, "3").Add(p => p.Href, "/admin/webhooks?state=waiting").Add(p => p.Kind, StatusKind.Warning));
        var plain = Render<RpTile>(parameters => parameters.Add(p => p.Title, "Live").Add(p => p.Value, "6"));

        Assert.Equal("/admin/webhooks?state=waiting", link.Find("a").GetAttribute("href"));
        Assert.NotEmpty(link.FindAll("svg"));
        Assert.Empty(plain.FindAll("a, svg"));
    }

    [Fact]
    public void A_Long_Id_Is_Shortened_For_The_Eye_Alone()
    {
        var id = Render<RpMono>(parameters => parameters.Add(p => p.Id, "019abcde-0000-7000-8000-00000000beef"));

        Assert.Equal("019abcde…00beef", id.Find("[aria-hidden]").TextContent);
        Assert.Equal("019abcde-0000-7000-8000-00000000beef", id.Find(".rp-unseen").TextContent);
    }

    [Fact]
    public void Operators_Read_Seconds_And_The_Date_When_It_Is_Not_Today()
    {
        var today = Render<RpInstant>(parameters => parameters.Add(p => p.At, Clock.GetUtcNow().AddMinutes(-1)));
        var earlier = Render<RpInstant>(parameters => parameters.Add(p => p.At, Clock.GetUtcNow().AddDays(-2)).AddCascadingValue(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));

        Assert.Equal("14:19:11", today.Find("time").TextContent);
        Assert.Equal("21 Nov 15:20:11", earlier.Find("time").TextContent);
        Assert.Equal("21 Nov 2026, 15:20:11, Europe/Berlin", earlier.Find("time").GetAttribute("title"));
    }

    [Fact]
    public void What_Can_Be_Copied_Is_Named_And_Copied_Whole()
    {
        var copy = Render<RpCopy>(parameters => parameters.Add(p => p.Text, "019abcde").Add(p => p.Label, "Copy request id"));

        Assert.Equal(("019abcde", "Copy request id"), (copy.Find("button").GetAttribute("data-copy"), copy.Find("button").GetAttribute("aria-label")));
    }
}
