using System.Net;
using Microsoft.EntityFrameworkCore;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Resources;

namespace RingPortal.Tests.Account;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class ConfirmEmailTests(AccountHost host) : IClassFixture<AccountHost>
{
    [Fact]
    public async Task The_Address_In_The_Message_Confirms_Inside_The_Own_Session()
    {
        using var visitor = new Visitor(host.Address);
        var (email, path) = await SignUpAsync(visitor);
        Assert.Contains("Not confirmed", (await visitor.PageAsync("/Account")).Body!.TextContent, StringComparison.Ordinal);

        await visitor.GetAsync(path);
        Assert.False(await IsConfirmedAsync(email));
        var answer = await visitor.SubmitAsync(path, "confirm");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(await IsConfirmedAsync(email));
        Assert.Equal(Texts.Raw("auth.confirmed.title"), (await visitor.PageAsync(path)).QuerySelector("h1")!.TextContent);
        Assert.DoesNotContain("Send again", (await visitor.PageAsync("/Account")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_A_Session_It_Asks_To_Sign_In_First_And_Then_Goes_On()
    {
        using var visitor = new Visitor(host.Address);
        var (email, path) = await SignUpAsync(visitor);
        await visitor.SubmitAsync("/Account", "/Account/Logout");

        var asked = await visitor.GetAsync(path);
        Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        Assert.Equal("/Account/Login", asked.Headers.Location!.AbsolutePath);
        var back = await visitor.SignInAsync(email, path: asked.Headers.Location.PathAndQuery);

        Assert.Equal(path, back.Headers.Location!.PathAndQuery);
        Assert.False(await IsConfirmedAsync(email));
    }

    [Fact]
    public async Task In_Another_Persons_Session_It_Confirms_Nobody()
    {
        using var owner = new Visitor(host.Address);
        using var stranger = new Visitor(host.Address);
        var (email, path) = await SignUpAsync(owner);
        var (strangersEmail, strangersPath) = await SignUpAsync(stranger);

        var page = await stranger.PageAsync(path);
        Assert.Equal(Texts.Raw("auth.confirm.old.title"), page.QuerySelector("h1")!.TextContent);
        var forged = await stranger.SubmitAsync(strangersPath, "confirm", ("code", path.Split("code=")[1]));

        Assert.Equal(Texts.Raw("auth.confirm.old.title"), (await Visitor.ReadAsync(forged)).QuerySelector("h1")!.TextContent);
        Assert.False(await IsConfirmedAsync(email));
        Assert.False(await IsConfirmedAsync(strangersEmail));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?code=")]
    [InlineData("?code=%00")]
    [InlineData("?code=not*base64")]
    [InlineData("?code=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_Broken_Code_Says_That_It_No_Longer_Works(string query)
    {
        using var visitor = new Visitor(host.Address);
        await visitor.SignUpAsync(Visitor.NewEmail());

        var answer = await visitor.GetAsync($"/Account/ConfirmEmail{query}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Texts.Raw("auth.confirm.old.title"), (await Visitor.ReadAsync(answer)).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Send_Again_Writes_Three_Messages_And_Then_Asks_To_Wait()
    {
        using var visitor = new Visitor(host.Address);
        var (email, _) = await SignUpAsync(visitor);
        for (var i = 0; i < 3; i++)
        {
            var again = await visitor.SubmitAsync("/Account", "/Account/ResendConfirmation");
            Assert.Equal("/Account?notice=sent", again.Headers.Location!.ToString());
        }

        var answer = await visitor.SubmitAsync("/Account", "/Account/ResendConfirmation");

        Assert.Equal("/Account?notice=wait", answer.Headers.Location!.ToString());
        Assert.Contains(Texts.Raw("account.verify.wait"), (await visitor.PageAsync("/Account?notice=wait")).Body!.TextContent, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => Mails.To(host.MailFolder, email).Count == 4, Mails.Limit);
    }

    private async Task<(string Email, string Path)> SignUpAsync(Visitor visitor)
    {
        var email = Visitor.NewEmail();
        await visitor.SignUpAsync(email);
        await Eventually.TrueAsync(() => Mails.To(host.MailFolder, email).Count == 1, Mails.Limit);
        return (email, Mails.ConfirmPath(Mails.To(host.MailFolder, email)[0]));
    }

    private Task<bool> IsConfirmedAsync(string email) =>
        host.WithContextAsync(context => context.Users.AnyAsync(user => user.Email == email && user.EmailConfirmed));
}
