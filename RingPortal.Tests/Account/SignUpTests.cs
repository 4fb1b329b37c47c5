using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Resources;

namespace RingPortal.Tests.Account;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class SignUpTests(AccountHost host) : IClassFixture<AccountHost>
{
    [Fact]
    public async Task A_New_Person_Is_Signed_In_At_Once_And_Their_Address_Is_Nowhere_In_Clear_But_The_Account()
    {
        using var visitor = new Visitor(host.Address);
        var email = Visitor.NewEmail();

        var answer = await visitor.SignUpAsync(email);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/devices", answer.Headers.Location!.AbsolutePath);
        Assert.Contains(email, (await visitor.PageAsync("/Account")).Body!.TextContent, StringComparison.Ordinal);
        var user = await host.WithContextAsync(context => context.Users.SingleAsync(person => person.Email == email));
        Assert.False(user.EmailConfirmed);
        Assert.Equal("Europe/Berlin", user.TimeZone);
        Assert.StartsWith("AQAAAAIAAzRQ", user.PasswordHash, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains(email, StringComparison.Ordinal) || line.Contains(Visitor.Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_Confirmation_Message_Is_Written_Sealed_And_Leaves_Through_The_Folder()
    {
        using var visitor = new Visitor(host.Address);
        var email = Visitor.NewEmail();

        await visitor.SignUpAsync(email);

        await Eventually.TrueAsync(() => Mails.To(host.MailFolder, email).Count == 1, Mails.Limit);
        var row = await host.WithContextAsync(context => context.OutboxEmails.SingleAsync(
            mail => context.Users.Any(user => user.Id == mail.UserId && user.Email == email)));
        await Eventually.TrueAsync(
            async () => await host.WithContextAsync(context => context.OutboxEmails.AnyAsync(mail => mail.Id == row.Id && mail.SentAt != null && mail.SealedMessage == null)),
            TimeSpan.FromSeconds(10));
        Assert.Equal("confirm", row.Kind);
        Assert.DoesNotContain(email, Encoding.Latin1.GetString(row.SealedMessage ?? []), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short words", "auth.short")]
    [InlineData("password1234", "auth.common")]
    [InlineData("Fairview2026!!", "auth.common")]
    [InlineData("123456789012", "auth.common")]
    public async Task A_Weak_Password_Is_Refused_With_Its_Sentence(string password, string key)
    {
        using var visitor = new Visitor(host.Address);

        var answer = await visitor.SignUpAsync(Visitor.NewEmail(), password);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await Visitor.ReadAsync(answer);
        Assert.Equal(Texts.Raw(key), page.QuerySelector("#password-error")!.TextContent.Trim());
        Assert.Equal("true", page.QuerySelector("#password")!.GetAttribute("aria-invalid"));
        Assert.Null(visitor.Session);
    }

    [Theory]
    [InlineData("no-at-sign.example.org")]
    [InlineData("two@@example.org")]
    [InlineData("a b@example.org")]
    [InlineData("a@example.org\r\nBcc: b@example.org")]
    [InlineData("<a@example.org>")]
    [InlineData("")]
    public async Task What_Is_No_Address_Is_Refused(string email)
    {
        using var visitor = new Visitor(host.Address);

        var answer = await visitor.SignUpAsync(email);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull((await Visitor.ReadAsync(answer)).QuerySelector("#email-error"));
    }

    [Fact]
    public async Task A_Taken_Address_Is_Refused_In_Whatever_Case_It_Is_Written()
    {
        using var first = new Visitor(host.Address);
        using var second = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await first.SignUpAsync(email);

        var answer = await second.SignUpAsync(email.ToUpperInvariant(), "another long sentence");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(Texts.Raw("auth.taken"), (await Visitor.ReadAsync(answer)).QuerySelector("#email-error")!.TextContent.Trim());
        Assert.Null(second.Session);
    }

    [Fact]
    public async Task Eight_Sign_Ups_At_Once_Make_One_Account()
    {
        var email = Visitor.NewEmail();
        var visitors = Enumerable.Range(0, 8).Select(_ => new Visitor(host.Address)).ToList();

        var answers = await Task.WhenAll(visitors.Select(visitor => visitor.SignUpAsync(email)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Found);
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.BadRequest));
        Assert.Equal(1, await host.WithContextAsync(context => context.Users.CountAsync(user => user.Email == email)));
        visitors.ForEach(visitor => visitor.Dispose());
    }
}
