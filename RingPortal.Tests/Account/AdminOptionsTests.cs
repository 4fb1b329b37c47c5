using RingPortal.Web.Account.Staff;

namespace RingPortal.Tests.Account;

public sealed class AdminOptionsTests
{
    [Theory]
    [InlineData(null, "harbour violin sunday", "Admin__Email and Admin__Password")]
    [InlineData("boss@example.org", null, "Admin__Email and Admin__Password")]
    [InlineData("boss", "harbour violin sunday", "Admin__Email must")]
    [InlineData("boss@example.org", "short", "Admin__Password must")]
    public void A_Wrong_Setting_Is_Named(string? email, string? password, string expected) =>
        Assert.Contains(expected, Judge(email, password), StringComparison.Ordinal);

    [Theory]
    [InlineData(null, null)]
    [InlineData("boss@example.org", "harbour violin sunday")]
    public void Both_Or_Neither_Pass(string? email, string? password) => Assert.Equal("", Judge(email, password));

    private static string Judge(string? email, string? password) =>
        new AdminOptionsValidator().Validate(null, new AdminOptions { Email = email, Password = password }).FailureMessage ?? "";
}
