using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using RingPortal.Data.Account;
using RingPortal.Web.Account.Passwords;

namespace RingPortal.Tests.Account;

public sealed class PasswordTests
{
    private static readonly string[] OwnWords = ["fairview", "camera", "doorbell", "anna"];

    [Theory]
    [InlineData("password1234")]
    [InlineData("P@ssw0rd2026!")]
    [InlineData("passwordpassword")]
    [InlineData("qwertyuiopas")]
    [InlineData("111111111111")]
    [InlineData("abcabcabcabc")]
    [InlineData("123456789012")]
    [InlineData("987654321098")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("Unbelievable")]
    [InlineData("fairviewcamera")]
    [InlineData("Fairview-2026")]
    [InlineData("anna.fairview.1")]
    [InlineData("!!!!!!!!!!!!")]
    [InlineData("2026-11-23-17")]
    public void What_Everybody_Tries_First_Is_Guessable(string password) => Assert.True(GuessablePassword.IsGuessable(password, OwnWords));

    [Theory]
    [InlineData("lantern porch seven")]
    [InlineData("correct horse battery staple")]
    [InlineData("kV3-qpTz81-mW")]
    [InlineData("my camera sees the garden gate")]
    [InlineData("Zwölf Boxkämpfer jagen")]
    [InlineData("harbour violin sunday")]
    public void A_Few_Words_Or_Chance_Are_Not(string password) => Assert.False(GuessablePassword.IsGuessable(password, OwnWords));

    [Fact]
    public void The_List_Holds_The_Ten_Thousand_Most_Used() => Assert.True(CommonPasswords.Count >= 9_900);

    [Fact]
    public void Nobody_Costs_As_Much_As_Somebody()
    {
        var settings = Options.Create(new PasswordHasherOptions { IterationCount = 210_000 });
        var verifier = new PasswordVerifier(settings);
        var user = new PortalUser { PasswordHash = new PasswordHasher<PortalUser>(settings).HashPassword(new PortalUser(), "lantern porch seven") };
        verifier.Prepare();

        Assert.Equal(PasswordVerificationResult.Success, verifier.Verify(user, "lantern porch seven"));
        Assert.Equal(PasswordVerificationResult.Failed, verifier.Verify(user, "something else"));
        Assert.Equal(PasswordVerificationResult.Failed, verifier.Verify(null, "lantern porch seven"));
        Assert.Equal(PasswordVerificationResult.Failed, verifier.Verify(user, new string('x', 129)));
        // The same function, rounds and sizes: the work is the same, whatever a shared machine's clock says of it.
        var (real, standIn) = (Convert.FromBase64String(user.PasswordHash), Convert.FromBase64String(verifier.StandIn));
        Assert.Equal(real.Length, standIn.Length);
        Assert.Equal(real[..13], standIn[..13]);
    }
}
