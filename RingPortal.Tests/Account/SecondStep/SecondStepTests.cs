using System.Net;
using Microsoft.EntityFrameworkCore;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Account.SecondStep;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class SecondStepTests(AccountHost host) : IClassFixture<AccountHost>
{
    private const string Page = "/Account/TwoFactor";
    private const string Step = "/Account/SignInWith2fa";

    [Fact]
    public async Task Nobody_Is_Signed_In_Before_The_Code_And_Each_Code_Works_Once()
    {
        var (email, app) = await EnrolledAsync();
        using var browser = new Visitor(host.Address);
        var asked = await browser.SignInAsync(email, path: "/Account/Login?returnUrl=%2Fevents");
        Assert.Equal($"{Step}?returnUrl=%2Fevents", Visitor.WayOf(asked));
        Assert.Null(browser.Session);
        Assert.Equal("/Account/Login", (await browser.GetAsync("/Account")).Headers.Location!.AbsolutePath);

        var code = await app.NextAsync();
        var signedIn = await browser.SubmitAsync($"{Step}?returnUrl=%2Fevents", "second-step", ("code", $" {code[..3]} {code[3..]} "));

        Assert.Equal("/events", Visitor.WayOf(signedIn));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/Account")).StatusCode);
        using var thief = new Visitor(host.Address);
        await thief.SignInAsync(email);
        var again = await thief.SubmitAsync(Step, "second-step", ("code", code));
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Contains("That code did not work.", (await Visitor.ReadAsync(again)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(thief.Session);
    }

    [Fact]
    public async Task Of_Many_Who_Send_One_Code_At_Once_One_Gets_In()
    {
        var (email, app) = await EnrolledAsync();
        var browsers = Enumerable.Range(0, 4).Select(_ => new Visitor(host.Address)).ToList();
        foreach (var browser in browsers)
        {
            await browser.SignInAsync(email);
        }

        // After the sign-ins, which may take a busy machine as long as a code lives.
        var code = await app.NextAsync();
        var answers = await Task.WhenAll(browsers.Select(browser => browser.SubmitAsync(Step, "second-step", ("code", code))));

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Found));
        Assert.Equal(1, browsers.Count(browser => browser.Session is not null));
        browsers.ForEach(browser => browser.Dispose());
    }

    [Fact]
    public async Task Wrong_Codes_Lock_Like_Wrong_Passwords_And_A_Right_Password_Buys_No_New_Tries()
    {
        var (email, app) = await EnrolledAsync();
        using var thief = new Visitor(host.Address);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            // Ten a minute may be tried from one address; half of them are passwords here.
            Assert.Equal(HttpStatusCode.Found, (await thief.SignInAsync(email)).StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, (await thief.SubmitAsync(Step, "second-step", ("code", "000000"))).StatusCode);
        }

        var locked = await host.WithContextAsync(context => context.Users.AsNoTracking().SingleAsync(user => user.Email == email));
        Assert.InRange(locked.LockoutEnd!.Value, TimeProvider.System.GetUtcNow().AddMinutes(14), TimeProvider.System.GetUtcNow().AddMinutes(15));
        Assert.NotNull(await app.NextAsync());
        await Eventually.TrueAsync(
            () => host.WithContextAsync(context => context.AuditRecords.AnyAsync(record => record.Action == "sign-in.locked"
                && context.AuditSubjects.Any(subject => subject.Id == record.SubjectId && subject.UserId == locked.Id))),
            TimeSpan.FromSeconds(10), "the lock is recorded");
        Assert.Equal(5, await host.WithContextAsync(context => context.AuditRecords.CountAsync(record => record.Action == "sign-in.code-failed"
            && context.AuditSubjects.Any(subject => subject.Id == record.SubjectId && subject.UserId == locked.Id))));
    }

    [Fact]
    public async Task A_Recovery_Code_Works_Once_In_The_Place_Of_The_App()
    {
        using var owner = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await owner.SignUpAsync(email);
        var offer = await Visitor.ReadAsync(await owner.SubmitAsync(Page, "begin"));
        var app = new AuthenticatorApp(offer.QuerySelector(".rp-qr code")!.TextContent);
        var shown = await Visitor.ReadAsync(await owner.SubmitAsync(Page, "confirm", ("code", await app.NextAsync())));
        var codes = shown.QuerySelectorAll(".rp-codes code").Select(code => code.TextContent).ToList();
        Assert.Equal(10, codes.Distinct().Count());
        Assert.DoesNotContain(codes[0], (await owner.PageAsync(Page)).DocumentElement.OuterHtml, StringComparison.Ordinal);

        var answers = new List<HttpStatusCode>();
        foreach (var typed in new[] { codes[0].ToLowerInvariant(), codes[0], codes[1].Replace("-", " ", StringComparison.Ordinal) })
        {
            using var browser = new Visitor(host.Address);
            await browser.SignInAsync(email);
            answers.Add((await browser.SubmitAsync($"{Step}?recovery=true", "second-step", ("code", typed))).StatusCode);
        }

        Assert.Equal([HttpStatusCode.Found, HttpStatusCode.BadRequest, HttpStatusCode.Found], answers);
        Assert.Contains("8 recovery codes are left.", (await owner.PageAsync(Page)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turning_It_On_Ends_Every_Other_Session_And_Keeps_This_One()
    {
        using var here = new Visitor(host.Address);
        using var elsewhere = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await here.SignUpAsync(email);
        await elsewhere.SignInAsync(email);

        await StaffCast.EnrolAsync(here);

        await Eventually.TrueAsync(async () => (await elsewhere.GetAsync("/Account")).StatusCode is HttpStatusCode.Found, TimeSpan.FromSeconds(15), "the other browser is signed out");
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/Account")).StatusCode);
    }

    [Fact]
    public async Task It_Is_Turned_Off_With_A_Fresh_Factor_Only()
    {
        using var owner = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await owner.SignUpAsync(email);
        var app = await StaffCast.EnrolAsync(owner);
        await SessionAge.StepBackAsync(host, owner, TimeSpan.FromMinutes(16));

        var asked = await owner.SubmitAsync(Page, "off");
        Assert.Equal("/Account/StepUp?returnUrl=%2FAccount%2FTwoFactor", Visitor.WayOf(asked));
        var stepped = await owner.SubmitAsync(Visitor.WayOf(asked)!, "second-step", ("code", await app.NextAsync()));
        Assert.Equal(Page, Visitor.WayOf(stepped));
        var off = await Visitor.ReadAsync(await owner.SubmitAsync(Page, "off"));

        Assert.Contains("The second step is off.", off.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await host.WithContextAsync(context => context.UserTokens.CountAsync(row => context.Users.Any(user => user.Id == row.UserId && user.Email == email))));
        using var browser = new Visitor(host.Address);
        Assert.Equal("/devices", Visitor.WayOf(await browser.SignInAsync(email)));
    }

    [Fact]
    public async Task Neither_The_Key_Nor_A_Code_Is_Found_In_The_Database_Or_The_Log()
    {
        using var owner = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await owner.SignUpAsync(email);
        var offer = await Visitor.ReadAsync(await owner.SubmitAsync(Page, "begin"));
        var key = offer.QuerySelector(".rp-qr code")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal(32, key.Length);
        var shown = await Visitor.ReadAsync(await owner.SubmitAsync(Page, "confirm", ("code", await new AuthenticatorApp(key).NextAsync())));
        string[] secrets = [key, .. shown.QuerySelectorAll(".rp-codes code").SelectMany(code => new[] { code.TextContent, code.TextContent.Replace("-", "", StringComparison.Ordinal) })];

        Assert.Empty(await DatabaseScan.FindAsync(host.Database.MigratorConnectionString, secrets));
        // The canary works: what is there is found.
        Assert.NotEmpty(await DatabaseScan.FindAsync(host.Database.MigratorConnectionString, [email]));
        Assert.DoesNotContain(host.Logs.Lines, line => secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    public async Task The_Way_On_Stays_Inside_The_Portal(string target)
    {
        var (email, app) = await EnrolledAsync();
        using var browser = new Visitor(host.Address);
        await browser.SignInAsync(email);

        var signedIn = await browser.SubmitAsync($"{Step}?returnUrl={Uri.EscapeDataString(target)}", "second-step", ("code", await app.NextAsync()));
        var stepped = await browser.SubmitAsync($"/Account/StepUp?returnUrl={Uri.EscapeDataString(target)}", "second-step", ("code", await app.NextAsync()));

        Assert.Equal("/devices", Visitor.WayOf(signedIn));
        Assert.Equal("/Account", Visitor.WayOf(stepped));
    }

    [Fact]
    public async Task Who_Waits_For_Nothing_Starts_At_Sign_In()
    {
        using var browser = new Visitor(host.Address);

        var answer = await browser.GetAsync($"{Step}?returnUrl=%2Fevents");

        Assert.Equal("/Account/Login?returnUrl=%2Fevents", Visitor.WayOf(answer));
    }

    private async Task<(string Email, AuthenticatorApp App)> EnrolledAsync()
    {
        using var owner = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await owner.SignUpAsync(email);
        return (email, await StaffCast.EnrolAsync(owner));
    }
}
