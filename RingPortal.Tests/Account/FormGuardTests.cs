using System.Net;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Account;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class FormGuardTests(AccountHost host) : IClassFixture<AccountHost>
{
    public static TheoryData<string, string> Forms => new()
    {
        { "/Account/Login", "sign-in" },
        { "/Account/Register", "sign-up" },
        { "/Account", "time-zone" },
        { "/Account/ConfirmEmail", "confirm" },
        { "/Account/ResendConfirmation", "" },
        { "/Account/Delete", "" },
        { "/Account/Logout", "" },
        { "/Account/TwoFactor", "begin" },
        { "/Account/TwoFactor", "confirm" },
        { "/Account/TwoFactor", "off" },
        { "/Account/TwoFactor", "codes" },
        { "/Account/SignInWith2fa", "second-step" },
        { "/Account/StepUp", "second-step" },
        { "/Account/ForgotPassword", "forgot" },
        { "/Account/ResetPassword", "reset" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_Form_Without_Its_Own_Token_Is_Refused(string path, string handler)
    {
        using var visitor = new Visitor(host.Address);
        using var other = new Visitor(host.Address);
        await visitor.SignUpAsync(Visitor.NewEmail());
        await other.SignUpAsync(Visitor.NewEmail());
        var others = (await other.PageAsync("/Account")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        var without = await visitor.PostAsync(path, [new("_handler", handler), new("email", "a@example.org"), new("timeZone", "Europe/Paris")]);
        var foreign = await visitor.PostAsync(path, [new("_handler", handler), new("__RequestVerificationToken", others)]);

        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/Account")).StatusCode);
    }

    [Theory]
    [InlineData("/Account/Logout")]
    [InlineData("/Account/ResendConfirmation")]
    public async Task An_Act_Is_Never_Done_By_Get(string path)
    {
        using var visitor = new Visitor(host.Address);
        await visitor.SignUpAsync(Visitor.NewEmail());

        var answer = await visitor.GetAsync(path);

        Assert.True(answer.StatusCode is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound, answer.StatusCode.ToString());
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/Account")).StatusCode);
    }

    [Theory]
    [InlineData("/Account")]
    [InlineData("/Account/ConfirmEmail")]
    [InlineData("/Account/Delete")]
    [InlineData("/Account/TwoFactor")]
    [InlineData("/Account/StepUp")]
    public async Task A_Stranger_Is_Sent_To_Sign_In(string path)
    {
        using var visitor = new Visitor(host.Address);

        var answer = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/Account/Login", answer.Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task What_Is_Not_Theirs_Looks_Like_What_Does_Not_Exist()
    {
        using var visitor = new Visitor(host.Address);
        await visitor.SignUpAsync(Visitor.NewEmail());

        var denied = await visitor.GetAsync("/admin/hangfire");
        var missing = await visitor.GetAsync("/admin/nothing-here");

        Assert.Equal(HttpStatusCode.NotFound, denied.StatusCode);
        Assert.Equal(missing.StatusCode, denied.StatusCode);
    }
}
