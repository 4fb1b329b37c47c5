using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Resources;

namespace RingPortal.Tests.Account;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class AccountPageTests(AccountHost host) : IClassFixture<AccountHost>
{
    [Fact]
    public async Task A_Chosen_Time_Zone_Is_Kept()
    {
        using var visitor = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await visitor.SignUpAsync(email, timeZone: "Mars/Olympus");
        Assert.Equal("UTC", Chosen(await visitor.PageAsync("/Account")));

        var answer = await visitor.SubmitAsync("/Account", "time-zone", ("timeZone", "America/New_York"));

        var page = await Visitor.ReadAsync(answer);
        Assert.Contains(Texts.Raw("account.zone.saved"), page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("America/New_York", Chosen(page));
        Assert.Equal("America/New_York", (await host.WithContextAsync(context => context.Users.SingleAsync(user => user.Email == email))).TimeZone);
    }

    [Fact]
    public async Task An_Unknown_Time_Zone_Is_Refused()
    {
        using var visitor = new Visitor(host.Address);
        await visitor.SignUpAsync(Visitor.NewEmail());

        var answer = await visitor.SubmitAsync("/Account", "time-zone", ("timeZone", "../etc/passwd"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("Europe/Berlin", Chosen(await visitor.PageAsync("/Account")));
    }

    [Fact]
    public async Task Until_It_Is_Confirmed_A_Banner_Asks_For_The_E_Mail()
    {
        using var visitor = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await visitor.SignUpAsync(email);
        Assert.Contains($"Please confirm {email}.", (await visitor.PageAsync("/Account")).QuerySelector(".rp-banner")!.TextContent, StringComparison.Ordinal);

        await host.WithContextAsync(context => context.Users.Where(user => user.Email == email)
            .ExecuteUpdateAsync(set => set.SetProperty(user => user.EmailConfirmed, true)));

        Assert.Null((await visitor.PageAsync("/Account")).QuerySelector(".rp-banner"));
    }

    [Theory]
    [InlineData("/Account/Login")]
    [InlineData("/Account/Register")]
    public async Task Static_Pages_Open_No_Circuit_And_Load_No_Framework(string path)
    {
        using var visitor = new Visitor(host.Address);

        var html = (await visitor.PageAsync(path)).DocumentElement.OuterHtml;

        Assert.DoesNotContain("blazor.web.js", html, StringComparison.Ordinal);
        Assert.DoesNotContain("MudBlazor", html, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
    }

    private static string? Chosen(IHtmlDocument page) =>
        page.QuerySelectorAll<IHtmlOptionElement>("#timeZone option").Single(option => option.HasAttribute("selected")).Value;
}
