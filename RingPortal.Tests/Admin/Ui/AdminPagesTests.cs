using RingPortal.Web.Features.Admin.Ui;

namespace RingPortal.Tests.Admin.Ui;

public sealed class AdminPagesTests
{
    [Fact]
    public void The_Menu_Shows_Only_Pages_That_Exist_And_No_Empty_Groups()
    {
        var menu = AdminPages.MenuOf(href => href is "/admin" or "/admin/jobs" or "/admin/health");

        Assert.Equal(["/admin", "/admin/jobs", "/admin/health"], menu.SelectMany(group => group.Entries).Select(entry => entry.Href));
        Assert.Equal([null, "admin.nav.flow", null], menu.Select(group => group.TextKey));
    }

    [Fact]
    public void The_Groups_Stand_In_The_Order_Of_The_Desk()
    {
        var menu = AdminPages.MenuOf(_ => true);

        Assert.Equal(9, menu.Sum(group => group.Entries.Count));
        Assert.Equal(
            ["/admin", "/admin/pool", "/admin/arrivals", "/admin/webhooks", "/admin/jobs", "/admin/accounts", "/admin/audit", "/admin/certification", "/admin/health"],
            menu.SelectMany(group => group.Entries).Select(entry => entry.Href));
    }

    [Fact]
    public void Nothing_Links_To_A_Page_That_Does_Not_Exist()
    {
        Assert.Null(AdminPages.Link("/admin/nothing-here?state=dead"));
        Assert.Equal("/events?kind=ring", AdminPages.Link("/events?kind=ring"));
    }
}
