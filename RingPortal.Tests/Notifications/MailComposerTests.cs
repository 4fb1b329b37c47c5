using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Notifications;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Tests.Notifications;

public sealed class MailComposerTests
{
    private readonly MailComposer composer;

    public MailComposerTests()
    {
        var portal = Options.Create(new PortalOptions { PublicUrl = new Uri("https://portal.example.com"), AppName = "A<b>", SupportEmail = "help@example.com" });
        composer = new MailComposer(new Texts(portal, new HostingEnvironment { EnvironmentName = "Development" }), portal);
    }

    [Fact]
    public void The_One_Button_Leads_To_The_Public_Address_Which_Stands_Under_It_Too()
    {
        var mail = composer.Confirm("anna@example.org", "abc-_1");

        const string Address = "https://portal.example.com/Account/ConfirmEmail?code=abc-_1";
        Assert.Equal("anna@example.org", mail.To);
        Assert.Contains($"Confirm e-mail:\n{Address}\n", mail.Text, StringComparison.Ordinal);
        Assert.Equal(2, mail.Html.Split($"href=\"{Address}\"").Length - 1);
        Assert.Contains($">{Address}</a>", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_Others_Wrote_Is_Never_Markup()
    {
        var mail = composer.Connected("a@example.org", new ConnectedNotice("<img src=x>", 1, DateTimeOffset.UnixEpoch, "/undo"), TimeZoneInfo.Utc);

        Assert.DoesNotContain("<img", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("A<b>", mail.Html, StringComparison.Ordinal);
        Assert.Contains("A&lt;b&gt;", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_Footer_Says_Why_And_Where_To_Ask_And_Nothing_Is_Loaded_From_Outside()
    {
        var mail = composer.Confirm("anna@example.org", "abc");

        Assert.Contains("You get this message because", mail.Text, StringComparison.Ordinal);
        Assert.Contains("help@example.com", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Your settings: https://portal.example.com/Account", mail.Text, StringComparison.Ordinal);
        Assert.All(["<img", "<link", "<script", "src=", "url("], forbidden => Assert.DoesNotContain(forbidden, mail.Html, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("{", mail.Text, StringComparison.Ordinal);
    }
}
