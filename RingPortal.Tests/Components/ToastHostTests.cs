using Bunit;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Look;
using RingPortal.Web.Components.Layout;
using RingPortal.Web.Components.Toasts;

namespace RingPortal.Tests.Components;

public sealed class ToastHostTests : LookContext
{
    [Fact]
    public void A_Toast_Is_Seen_In_One_Place_And_Announced_In_The_Region_That_Fits()
    {
        var (host, regions) = (Render<ToastHost>(), Render<LiveRegions>());

        Shelf.Add(new ToastNews("Doorbell", "Someone is at Porch", "ring") { IsUrgent = true, ActText = "See it", ActHref = "/devices/1" });
        Shelf.Add(new ToastNews("Person", "Person at Porch", "events"));

        host.WaitForAssertion(() => Assert.Equal(["Someone is at Porch", "Person at Porch"], host.FindAll(".rp-toast > p").Select(text => text.TextContent)));
        Assert.Empty(host.FindAll("[role], [aria-live]"));
        Assert.Equal("/devices/1", host.Find(".rp-toast a").GetAttribute("href"));
        regions.WaitForAssertion(() => Assert.Equal(("Person at Porch", "Someone is at Porch"), (regions.Find("[role=status]").TextContent, regions.Find("[role=alert]").TextContent)));
    }

    [Fact]
    public void It_Goes_By_Itself_But_Not_Under_The_Readers_Hand()
    {
        var host = Render<ToastHost>();
        Shelf.Add(new ToastNews("Person", "Person at Porch", "events"));
        host.WaitForElement(".rp-toast");

        host.Find(".rp-toasts").TriggerEvent("onfocusin", new Microsoft.AspNetCore.Components.Web.FocusEventArgs());
        Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Single(host.FindAll(".rp-toast"));
        host.Find(".rp-toasts").TriggerEvent("onfocusout", new Microsoft.AspNetCore.Components.Web.FocusEventArgs());
        Clock.Advance(TimeSpan.FromSeconds(8.1));

        host.WaitForAssertion(() => Assert.Empty(host.FindAll(".rp-toasts")));
    }

    [Fact]
    public void It_Can_Be_Closed_By_A_Named_Button()
    {
        var host = Render<ToastHost>();
        Shelf.Add(new ToastNews("Person", "Person at Porch", "events"));

        host.WaitForElement("button[aria-label=Close]").Click();

        Assert.Empty(host.FindAll(".rp-toast"));
    }

    private ToastShelf Shelf => Services.GetRequiredService<ToastShelf>();
}
