using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Look;
using RingPortal.Web.Components.Layout;

namespace RingPortal.Tests.Components;

public sealed class LocationTests : LookContext
{
    [Fact]
    public void The_Shell_Follows_The_Reader_From_Page_To_Page()
    {
        AddAuthorization().SetAuthorized("anna@example.org");
        var navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/devices");
        var item = Render<NavItem>(parameters => parameters
            .Add(p => p.Href, "/devices").Add(p => p.Icon, "Videocam").Add(p => p.Text, "Cameras"));
        var choice = Render<ThemeChoice>();

        navigation.NavigateTo("/devices/7?tab=details");

        Assert.Equal("page", item.Find("a").GetAttribute("aria-current"));
        Assert.Equal("/devices/7?tab=details", choice.Find("input[name=returnUrl]").GetAttribute("value"));

        navigation.NavigateTo("/help");
        var account = Render<AccountItem>(parameters => parameters.Add(p => p.User, new ClaimsPrincipal()));
        Assert.False(account.Find("button").HasAttribute("aria-current"));
        navigation.NavigateTo("/Account/Notifications");
        Assert.Equal("true", account.Find("button").GetAttribute("aria-current"));

        Assert.False(item.Find("a").HasAttribute("aria-current"));
    }
}
