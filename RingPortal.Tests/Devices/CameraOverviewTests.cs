using Bunit;
using RingPortal.Tests.Look;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Devices.Pages;
using static RingPortal.Tests.Devices.CameraViews;

namespace RingPortal.Tests.Devices;

public sealed class CameraOverviewTests : LookContext
{
    [Fact]
    public void A_Camera_That_Is_Online_Says_So_In_Icon_And_Word_And_Leads_To_Its_Page()
    {
        var card = Card("Front Door");

        var article = Show(View(Home(Fresh, card))).Find("article");

        Assert.Equal("Front Door", article.QuerySelector("h2 a")!.TextContent);
        Assert.Equal($"/devices/{card.Id}", article.QuerySelector("h2 a")!.GetAttribute("href"));
        Assert.Equal("Online", article.QuerySelector(".rp-pill")!.TextContent);
        Assert.NotNull(article.QuerySelector(".rp-pill svg"));
        Assert.Null(article.QuerySelector(".rp-camera-state"));
    }

    [Fact]
    public void A_Camera_That_Is_Offline_Says_Since_When_And_What_To_Do()
    {
        var article = Show(View(Home(Fresh, Card("Garage", Offline)))).Find("article");

        Assert.Equal("Offline", article.QuerySelector(".rp-pill")!.TextContent);
        Assert.Equal("Offline since 12:20", article.QuerySelector("strong")!.TextContent.Trim());
        Assert.Contains(Texts["dev.offline.body"], article.TextContent, StringComparison.Ordinal);
        Assert.Contains("rp-camera-off", article.ClassName, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_Claims_To_Know_When_An_Unwatched_Camera_Went_Offline()
    {
        var first = Show(View(Home(Fresh, Card("Garage", new CameraStatus(false, Now.AddHours(-2), null)))));
        var unwatched = Show(View(Home(Fresh, Card("Garage", new CameraStatus(false, Now.AddHours(-2), Now.AddDays(-2))))));

        Assert.Equal("Offline since before 12:20", first.Find("strong").TextContent.Trim());
        Assert.Equal("Offline since before 12:20", unwatched.Find("strong").TextContent.Trim());
    }

    [Fact]
    public void A_Camera_That_Ring_Said_Nothing_About_Is_Unknown_And_Not_Offline()
    {
        var never = Show(View(Home(Fresh, Card("Shed", Unknown)))).Find("article");
        var before = Show(View(Home(Fresh, Card("Shed", new CameraStatus(null, null, Now.AddMinutes(-5)))))).Find("article");

        Assert.Equal("Not known", never.QuerySelector(".rp-pill")!.TextContent);
        Assert.Contains("Ring has not told us yet.", never.TextContent, StringComparison.Ordinal);
        Assert.Contains("Last seen online 5 min ago.", before.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Offline", never.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Camera_Without_A_Plan_Says_So_In_The_Place_Of_What_It_Would_Show()
    {
        var article = Show(View(Home(Fresh, Card("Garage", Offline) with { NeedsPlan = true }))).Find("article");

        Assert.Equal("No active plan for this camera", article.QuerySelector(".rp-camera-state strong")!.TextContent);
        Assert.Contains("Start or change a plan in the Ring app under My Apps.", article.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Offline since", article.TextContent, StringComparison.Ordinal);
        Assert.Equal("Offline", article.QuerySelector(".rp-pill")!.TextContent);
    }

    [Fact]
    public void Without_A_Ring_Account_The_Page_Tells_Where_Connecting_Starts()
    {
        var page = Show(View());

        Assert.Equal("No cameras yet", page.Find("h2").TextContent);
        Assert.Equal("/help#connect", page.Find("a.rp-btn").GetAttribute("href"));
    }

    [Fact]
    public void With_Nothing_Shared_The_Page_Tells_How_To_Share()
    {
        var page = Show(View(Home(Fresh)));

        Assert.Equal("You have not shared a camera yet", page.Find("h2").TextContent);
        Assert.Single(page.FindAll("a.rp-btn"));
    }

    [Fact]
    public void Before_The_First_Listing_Nobody_Claims_That_Nothing_Is_Shared()
    {
        var page = Show(View(Home(new CameraNews(null, null))));

        Assert.NotNull(page.Find("[aria-busy=true]"));
        Assert.DoesNotContain("not shared", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Connection_That_Waits_For_The_Person_Does_Not_Look_As_If_It_Were_Loading()
    {
        var page = Show(View(Home(new CameraNews(null, null, NeedsPerson: true))));

        Assert.Empty(page.FindAll("[aria-busy]"));
        Assert.DoesNotContain("not shared", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void When_Ring_Is_Silent_The_Age_Of_What_Is_Shown_Is_Told()
    {
        var known = Show(View(Home(new CameraNews(Now.AddMinutes(-30), Now.AddMinutes(-5)), Card("Porch"))));
        var never = Show(View(Home(new CameraNews(null, Now.AddMinutes(-5)))));

        Assert.Equal("Ring is not answering. This is how things were at 13:50. We keep trying.", Words(known.Find(".rp-panel-warning p").TextContent));
        Assert.Single(known.FindAll("article"));
        Assert.Contains("we do not know your cameras yet", never.Find(".rp-panel-warning p").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("not shared", never.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_Homes_Stand_Apart_Under_Their_Masked_Accounts()
    {
        var page = Show(View(Home(Fresh, Card("Front Door")), Home(Fresh, Card("Cabin"))));

        Assert.Equal(["Ring account m***a@example.com", "Ring account m***a@example.com"], page.FindAll("section > h2").Select(title => title.TextContent));
        Assert.Equal(["Front Door", "Cabin"], page.FindAll("article h3").Select(name => name.TextContent));
    }

    [Fact]
    public void Cameras_Stay_Where_They_Were_While_The_Page_Is_Open()
    {
        var (porch, attic, cellar) = (Card("Porch"), Card("Attic"), Card("Cellar"));
        var order = new CameraOrder();
        order.Keep(View(Home(Fresh, porch, cellar)));

        var kept = order.Keep(View(Home(Fresh, attic, cellar, porch with { Status = Offline })));

        Assert.Equal(["Porch", "Cellar", "Attic"], kept.Cameras.Select(card => card.Name));
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private IRenderedComponent<CameraOverview> Show(CamerasView view) => Render<CameraOverview>(parameters => parameters.Add(page => page.View, view));
}
