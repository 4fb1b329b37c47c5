using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Account;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed partial class SignInTests(AccountHost host) : IClassFixture<AccountHost>
{
    [Fact]
    public async Task The_Right_Password_Opens_A_Session_And_Is_Remembered_By_Address_Only()
    {
        var email = await PersonAsync();
        using var visitor = new Visitor(host.Address);

        var answer = await visitor.SignInAsync(email);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/devices", answer.Headers.Location!.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/Account")).StatusCode);
        await visitor.SubmitAsync("/Account", "/Account/Logout");
        Assert.Equal(email, (await visitor.PageAsync("/Account/Login")).QuerySelector("#email")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Signing_Out_Ends_The_Session_Of_This_Browser()
    {
        using var visitor = new Visitor(host.Address);
        await visitor.SignUpAsync(Visitor.NewEmail());

        var answer = await visitor.SubmitAsync("/Account", "/Account/Logout");

        Assert.Equal("/Account/Login?signedOut=true", answer.Headers.Location!.ToString());
        Assert.Null(visitor.Session);
        Assert.Equal(HttpStatusCode.Found, (await visitor.GetAsync("/Account")).StatusCode);
    }

    [Fact]
    public async Task Wrong_Unknown_And_Locked_Get_The_Same_Answer()
    {
        var (wrong, locked) = (await PersonAsync(), await PersonAsync());
        await host.Database.ExecuteAsync($"UPDATE users SET lockout_end = now() + interval '10 minutes' WHERE email = '{locked}'");

        var answers = new List<(HttpStatusCode Status, string Headers, string Body)>
        {
            await AnswerAsync(wrong, "not the password at all"),
            await AnswerAsync(Visitor.NewEmail(), Visitor.Password),
            await AnswerAsync(locked, Visitor.Password),
            await AnswerAsync(wrong, new string('x', 4000)),
            await AnswerAsync("", ""),
        };

        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
        Assert.Equal(HttpStatusCode.BadRequest, answers[0].Status);
    }

    [Fact]
    public async Task Five_Wrong_Passwords_Lock_The_Account_For_Fifteen_Minutes()
    {
        var email = await PersonAsync();
        using var visitor = new Visitor(host.Address);
        for (var i = 0; i < 5; i++)
        {
            await visitor.SignInAsync(email, "not the password at all");
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.SignInAsync(email)).StatusCode);
        var left = await host.Database.ScalarAsync<double>(
            $"SELECT extract(epoch FROM lockout_end - now())::float8 FROM users WHERE email = '{email}'");
        Assert.InRange(left, 14 * 60, 15 * 60);

        await host.Database.ExecuteAsync($"UPDATE users SET lockout_end = now() - interval '1 second' WHERE email = '{email}'");
        Assert.Equal(HttpStatusCode.Found, (await visitor.SignInAsync(email)).StatusCode);
        var user = await host.WithContextAsync(context => context.Users.SingleAsync(person => person.Email == email));
        Assert.Equal((0, null), (user.AccessFailedCount, user.LockoutEnd));
    }

    [Fact]
    public async Task The_Eleventh_Try_In_A_Minute_Is_Told_To_Wait_Whether_The_Account_Exists_Or_Not()
    {
        var email = Visitor.NewEmail();
        using var visitor = new Visitor(host.Address);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await visitor.SignInAsync(email)).StatusCode);
        }

        var answer = await visitor.SignInAsync(email);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.SignInAsync(Visitor.NewEmail())).StatusCode);
    }

    [Fact]
    public async Task A_Planted_Session_Is_Replaced_And_Never_Becomes_The_Victims()
    {
        var (attacker, victim) = (await PersonAsync(), await PersonAsync());
        using var browser = new Visitor(host.Address);
        await browser.SignInAsync(attacker);
        var planted = browser.Session;

        var answer = await browser.SignInAsync(victim);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.NotEqual(planted, browser.Session);
        Assert.Contains(victim, (await browser.PageAsync("/Account")).Body!.TextContent, StringComparison.Ordinal);
        using var other = new Visitor(host.Address);
        other.Cookies.Add(host.Address, new Cookie("rp-session", planted));
        Assert.Contains(attacker, (await other.PageAsync("/Account")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_Forged_Session_Is_Nobody(string value)
    {
        using var visitor = new Visitor(host.Address);
        visitor.Cookies.Add(host.Address, new Cookie("rp-session", value));

        Assert.Equal(HttpStatusCode.Found, (await visitor.GetAsync("/Account")).StatusCode);
    }

    private async Task<string> PersonAsync()
    {
        using var visitor = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await visitor.SignUpAsync(email);
        return email;
    }

    private async Task<(HttpStatusCode Status, string Headers, string Body)> AnswerAsync(string email, string password)
    {
        using var visitor = new Visitor(host.Address);
        var answer = await visitor.SignInAsync(email, password);
        var headers = string.Join('\n', answer.Headers.Concat(answer.Content.Headers)
            .Where(header => header.Key is not ("Date" or "Set-Cookie" or "Content-Length"))
            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}").Order());
        var body = Changing().Replace(await answer.Content.ReadAsStringAsync(), "");
        return (answer.StatusCode, headers, email.Length > 0 ? body.Replace(email, "", StringComparison.Ordinal) : body);
    }

    [GeneratedRegex("(?<=name=\"__RequestVerificationToken\" value=\")[^\"]+|<!--Blazor.*?-->")]
    private static partial Regex Changing();
}
