using RingPortal.Web.Features.Certification.Checks;

namespace RingPortal.Tests.Certification;

public sealed class AddressComparisonTests
{
    private const string Served = "https://portal.example.com/ring/link";

    [Fact]
    public void The_Same_Address_Does_Not_Differ() => Assert.Null(AddressComparison.Difference(Served, Served));

    [Theory]
    [InlineData("https://portal.example.com/ring/link/", "a slash at the end")]
    [InlineData("https://Portal.example.com/ring/link", "capital letters in the scheme or host")]
    [InlineData("HTTPS://portal.example.com/ring/link", "capital letters in the scheme or host")]
    [InlineData("https://portal.example.com/Ring/link", "capital letters in the path")]
    [InlineData("https://portal.example.com:443/ring/link", "the usual port 443 written out")]
    [InlineData("https://portal.example.com:8443/ring/link", "port 8443 instead of 443")]
    [InlineData("http://portal.example.com/ring/link", "http instead of https")]
    [InlineData("https://staging.example.com/ring/link", "another host")]
    [InlineData("https://portal.example.com/ring/links", "another path")]
    [InlineData("https://portal.example.com/ring/link?x=1", "a query or fragment")]
    [InlineData(" https://portal.example.com/ring/link", "white space around it")]
    [InlineData("https://portal.example.com/ring/link\n", "white space around it")]
    [InlineData("https://portal.example.com/%72ing/link", "it is written differently")]
    [InlineData("portal.example.com/ring/link", "it is no web address")]
    public void What_Differs_Is_Said_In_Words(string pasted, string words) =>
        Assert.Contains(words, AddressComparison.Difference(pasted, Served), StringComparison.Ordinal);
}
