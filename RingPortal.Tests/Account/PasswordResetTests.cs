using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Tokens;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Rights;
using RingPortal.Tests.Ring;
using RingPortal.Web.Features.Notifications;

namespace RingPortal.Tests.Account;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class PasswordResetTests(PasswordResetTests.Host host) : IClassFixture<PasswordResetTests.Host>
{
    private const string NewPassword = "harbour violin sunday";
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Known_And_Unknown_Addresses_Get_The_Same_Answer_And_One_Of_Them_A_Message()
    {
        using var visitor = new Visitor(host.Address);
        var (known, unknown) = (Visitor.NewEmail(), Visitor.NewEmail());
        await visitor.SignUpAsync(known);
        using var asking = new Visitor(host.Address);

        var answers = new List<string>();
        foreach (var email in new[] { known, unknown })
        {
            var answer = await asking.SubmitAsync("/Account/ForgotPassword", "forgot", ("email", email));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            answers.Add((await Visitor.ReadAsync(answer)).QuerySelector("main")!.TextContent.Replace(email, "(email)", StringComparison.Ordinal));
        }

        Assert.Contains("If (email) has an account, a message is on its way.", answers[0], StringComparison.Ordinal);
        Assert.Equal(answers[0], answers[1]);
        Assert.NotNull(await AddressAsync(known));
        Assert.Equal(1, await host.WithContextAsync(context => context.OutboxEmails.CountAsync(mail => mail.Kind == MailKind.Reset && context.Users.Any(user => user.Id == mail.UserId && user.Email == known))));
    }

    [Fact]
    public async Task A_Confirmed_Person_Chooses_A_New_Password_Once_And_Keeps_The_Second_Step()
    {
        using var owner = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await owner.SignUpAsync(email);
        await host.Database.ExecuteAsync($"UPDATE users SET email_confirmed = true WHERE email = '{email}'");
        var app = await StaffCast.EnrolAsync(owner);
        var address = await AskAsync(email);
        using var browser = new Visitor(host.Address);

        var weak = await browser.SubmitAsync(address, "reset", ("password", "short"));
        Assert.Equal(HttpStatusCode.BadRequest, weak.StatusCode);
        var done = await browser.SubmitAsync(address, "reset", ("password", NewPassword));
        Assert.Equal("/Account/Login?reset=true", Visitor.WayOf(done));

        Assert.Contains("This address no longer works", (await browser.PageAsync(address)).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SignInAsync(email)).StatusCode);
        Assert.Equal("/Account/SignInWith2fa", Visitor.WayOf(await browser.SignInAsync(email, NewPassword)));
        Assert.Equal(HttpStatusCode.Found, (await browser.SubmitAsync("/Account/SignInWith2fa", "second-step", ("code", await app.NextAsync()))).StatusCode);
        await Eventually.TrueAsync(async () => (await owner.GetAsync("/Account")).StatusCode is HttpStatusCode.Found, s_soon, "the old session is over");
    }

    [Fact]
    public async Task Of_A_Stranger_Who_Took_The_Address_First_Nothing_Stays()
    {
        using var stranger = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await stranger.SignUpAsync(email);
        var account = await host.WithContextAsync(context => context.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync());
        await StaffCast.EnrolAsync(stranger);
        await using (var scope = host.Services.CreateAsyncScope())
        {
            await RightsBelongings.MakeAsync(scope.ServiceProvider, email);
        }

        await host.Database.ExecuteAsync($"INSERT INTO user_passkeys (credential_id, user_id, data) VALUES ('\\x01', '{account}', '{{}}')");
        var address = await AskAsync(email);
        using var victim = new Visitor(host.Address);

        Assert.Equal(HttpStatusCode.Found, (await victim.SubmitAsync(address, "reset", ("password", NewPassword))).StatusCode);

        await Eventually.TrueAsync(async () => (await stranger.GetAsync("/Account")).StatusCode is HttpStatusCode.Found, s_soon, "the stranger's session is over");
        Assert.Equal(HttpStatusCode.BadRequest, (await stranger.SignInAsync(email)).StatusCode);
        Assert.Equal("/devices", Visitor.WayOf(await victim.SignInAsync(email, NewPassword)));
        Assert.Equal(0, await host.WithContextAsync(context => context.UserTokens.CountAsync(row => row.UserId == account)));
        Assert.Equal(0, await host.WithContextAsync(context => context.Set<IdentityUserPasskey<Guid>>().CountAsync(row => row.UserId == account)));
        Assert.Equal(0, await host.WithContextAsync(context => context.RingTokens.CountAsync(token => token.UserId == account && RingTokenTransitions.Living.Contains(token.State))));
        Assert.True((await host.WithContextAsync(context => context.Users.AsNoTracking().SingleAsync(user => user.Id == account))).EmailConfirmed);
    }

    [Fact]
    public async Task A_Reset_Opens_No_Account_That_Staff_Locked()
    {
        using var visitor = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await visitor.SignUpAsync(email);
        await host.Database.ExecuteAsync($"UPDATE users SET lockout_end = '9999-01-01 00:00:00+00' WHERE email = '{email}'");

        Assert.Equal(HttpStatusCode.Found, (await visitor.SubmitAsync(await AskAsync(email), "reset", ("password", NewPassword))).StatusCode);

        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.SignInAsync(email, NewPassword)).StatusCode);
    }

    [Theory]
    [InlineData("/Account/ResetPassword")]
    [InlineData("/Account/ResetPassword?id=01990000-0000-7000-8000-000000000001&code=AAAA")]
    [InlineData("/Account/ResetPassword?id=x&code=%00")]
    public async Task What_Nobody_Was_Sent_Works_Never(string address)
    {
        using var visitor = new Visitor(host.Address);

        Assert.Contains("This address no longer works", (await visitor.PageAsync(address)).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    private async Task<string> AskAsync(string email)
    {
        using var asking = new Visitor(host.Address);
        await asking.SubmitAsync("/Account/ForgotPassword", "forgot", ("email", email));
        return await AddressAsync(email);
    }

    private Task<string> AddressAsync(string email) => Mails.ResetPathAsync(host.MailFolder, email);

    public sealed class Host : AccountHost
    {
        public Host() => With("Vault:Keys:0", RingServices.VaultKey);
    }
}
