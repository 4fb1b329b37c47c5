using System.Security.Claims;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Look;
using RingPortal.Web.Components;

namespace RingPortal.Tests.Components;

public sealed class BannerHostTests : LookContext
{
    [Fact]
    public void Only_The_Most_Pressing_Banner_Is_Shown()
    {
        AddAuthorization().SetAuthorized("anna@example.org");
        Services.AddSingleton<IBannerSource>(new Source(40, new Banner("Info", "Third", "Undo", PostUrl: "/Account/Undo")));
        Services.AddSingleton<IBannerSource>(new Source(10, null));
        Services.AddSingleton<IBannerSource>(new Source(30, new Banner("Warning", "Second", "Show", ActionHref: "/help")));

        var host = RenderHost();

        Assert.Equal("Second", host.Find("p").TextContent.Trim());
        Assert.Equal("/help", host.Find("a").GetAttribute("href"));
        Assert.Empty(host.FindAll("form"));
    }

    [Fact]
    public void An_Act_That_Changes_Something_Is_Posted()
    {
        AddAuthorization().SetAuthorized("anna@example.org");
        Services.AddSingleton<IBannerSource>(new Source(40, new Banner("Info", "Connected", "Undo", PostUrl: "/Account/Undo")));

        var form = RenderHost().Find("form");

        Assert.Equal(("post", "/Account/Undo"), (form.GetAttribute("method"), form.GetAttribute("action")));
    }

    [Fact]
    public void On_An_Open_Page_A_Message_Goes_And_Comes_With_What_It_Says()
    {
        AddAuthorization().SetAuthorized("anna@example.org");
        var source = new Source(10, new Banner("Info", "Connected"));
        Services.AddSingleton<IBannerSource>(source);
        var host = RenderHost();
        Assert.Equal("Connected", host.Find("p").TextContent.Trim());

        source.Banner = null;
        Bell.Ring();
        host.WaitForAssertion(() => Assert.Empty(host.FindAll("p")));
        source.Banner = new Banner("Error", "Remove it, then add it again.", Title: "Ring needs you");
        Bell.Ring();

        host.WaitForAssertion(() => Assert.Equal("Ring needs you", host.Find("p > strong").TextContent));
    }

    [Fact]
    public void Strangers_Are_Told_Nothing()
    {
        AddAuthorization().SetNotAuthorized();
        Services.AddSingleton<IBannerSource>(new Source(10, new Banner("Info", "Private")));

        Assert.Empty(RenderHost().FindAll("p"));
    }

    private IRenderedComponent<BannerHost> RenderHost() => Render<BannerHost>();

    private BannerBell Bell => Services.GetRequiredService<BannerBell>();

    private sealed class Source(int order, Banner? banner) : IBannerSource
    {
        public Banner? Banner { get; set; } = banner;

        public int Order => order;

        public Task<Banner?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken) => Task.FromResult(Banner);
    }
}
