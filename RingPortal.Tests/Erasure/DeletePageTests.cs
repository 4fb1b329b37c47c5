using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RingPortal.Tests.Account;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Account.Sessions;

namespace RingPortal.Tests.Erasure;

/// <summary>The way from the account page to its end, in a portal that runs its own jobs.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class DeletePageTests(DeletePageTests.Host host) : IClassFixture<DeletePageTests.Host>
{
    private const string Path = "/Account/Delete";

    [Fact]
    public async Task The_Account_Page_Leads_To_A_Page_That_Asks_In_The_Agreed_Words()
    {
        using var visitor = await ArriveAsync();
        Assert.NotNull((await visitor.PageAsync("/Account")).QuerySelector($"a[href='{Path}']"));

        var page = await visitor.PageAsync(Path);

        Assert.Equal("Delete your Fairview account?", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Your cameras, pictures, events and personal data are deleted and cannot be brought back. Type your e-mail to go on.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Delete account", page.QuerySelector("button.rp-btn-danger")!.TextContent);
        Assert.Equal("/Account", page.QuerySelector("form a.rp-btn-outlined")!.GetAttribute("href"));
        Assert.DoesNotContain("style=", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("blazor.web.js", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("somebody@example.org")]
    public async Task Another_E_Mail_Changes_Nothing_And_Says_So(string typed)
    {
        using var visitor = await ArriveAsync();

        var answer = await visitor.SubmitAsync(Path, Path, ("email", typed));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await Visitor.ReadAsync(answer);
        Assert.Equal("This is not the e-mail of your account.", page.QuerySelector("#email-error")!.TextContent.Trim());
        Assert.Equal("true", page.QuerySelector("#email")!.GetAttribute("aria-invalid"));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/Account")).StatusCode);
    }

    [Fact]
    public async Task The_Right_E_Mail_In_Any_Case_Ends_Everything_At_Once()
    {
        var email = Visitor.NewEmail();
        using var visitor = await ArriveAsync(email);
        using var elsewhere = new Visitor(host.Address);
        await elsewhere.SignInAsync(email);
        await host.WithContextAsync(context => context.Users.Where(user => user.Email == email).ExecuteUpdateAsync(set => set.SetProperty(user => user.EmailConfirmed, true)));

        var answer = await visitor.SubmitAsync(Path, Path, ("email", $" {email.ToUpperInvariant()} "));

        Assert.Equal("/Account/Deleted", answer.Headers.Location!.OriginalString);
        var page = await visitor.PageAsync("/Account/Deleted");
        Assert.Equal("Your account is deleted", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Your personal data is deleted with us and our processors. A last e-mail confirms it.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal((null, null), (visitor.Session, visitor.Cookies.GetCookies(host.Address)["rp-email"]));
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.SignInAsync(email)).StatusCode);
        await Eventually.TrueAsync(async () => (await elsewhere.GetAsync("/Account")).StatusCode is HttpStatusCode.Found, SessionCheck.Interval + TimeSpan.FromSeconds(10), "the other browser is signed out");
        await Eventually.TrueAsync(() => Directory.EnumerateFiles(host.MailFolder, "*.eml").Any(mail => IsLast(mail, email)), TimeSpan.FromSeconds(60), "the last message is there");
        Assert.Empty(await DatabaseScan.FindAsync(host.Database.MigratorConnectionString, [email, email.ToUpperInvariant()]));
        // The address is free again.
        Assert.Equal("/devices", (await visitor.SignUpAsync(email)).Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task Who_Signed_In_Longer_Ago_Than_A_Quarter_Of_An_Hour_Signs_In_Once_More()
    {
        var email = Visitor.NewEmail();
        using var visitor = await ArriveAsync(email);
        var form = (await visitor.PageAsync(Path)).QuerySelector("form.rp-sure input[type=hidden]")!;
        Age(visitor, TimeSpan.FromMinutes(15.1));

        var asked = await visitor.GetAsync(Path);
        var posted = await visitor.PostAsync(Path, [new(form.GetAttribute("name")!, form.GetAttribute("value")!), new("email", email)]);

        Assert.All([asked, posted], answer => Assert.Equal("/Account/Login?again=true&returnUrl=%2FAccount%2FDelete", answer.Headers.Location!.OriginalString));
        var signIn = asked.Headers.Location!.OriginalString;
        Assert.Contains("Sign in once more", (await visitor.PageAsync(signIn)).QuerySelector(".rp-panel")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Path, (await visitor.SignInAsync(email, path: signIn)).Headers.Location!.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(Path)).StatusCode);
    }

    [Fact]
    public async Task The_Only_Administrator_Reads_Why_The_Account_Stays()
    {
        using var visitor = new Visitor(host.Address);
        await visitor.SignInAsync(Host.Email, Host.Password);

        var page = await visitor.PageAsync(Path);

        Assert.Equal("This account is still needed", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Admin__Email", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("form.rp-sure"));
        var token = (await visitor.PageAsync("/Account")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var forced = await visitor.PostAsync(Path, [new("__RequestVerificationToken", token), new("email", Host.Email)]);
        Assert.Equal(HttpStatusCode.BadRequest, forced.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/Account")).StatusCode);
    }

    private static bool IsLast(string mail, string email)
    {
        var text = File.ReadAllText(mail);
        return text.Contains(email, StringComparison.Ordinal) && text.Contains("account is deleted", StringComparison.Ordinal);
    }

    private async Task<Visitor> ArriveAsync(string? email = null)
    {
        var visitor = new Visitor(host.Address);
        await visitor.SignUpAsync(email ?? Visitor.NewEmail());
        return visitor;
    }

    private void Age(Visitor visitor, TimeSpan age)
    {
        var options = host.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var ticket = options.TicketDataFormat.Unprotect(visitor.Session)!;
        AuthenticationTime.Stamp(ticket.Properties, TimeProvider.System.GetUtcNow() - age);
        visitor.Cookies.Add(new Cookie("rp-session", options.TicketDataFormat.Protect(ticket), "/", host.Address.Host));
    }

    public sealed class Host : AccountHost
    {
        public const string Email = "ada@example.org";
        public const string Password = "seven lamps over the harbour";

        public Host() => With("Admin:Email", Email).With("Admin:Password", Password);
    }
}
