using System.Net;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Account;

namespace RingPortal.Tests.Account;

public sealed class LocalAddressTests
{
    [Theory]
    [MemberData(nameof(RedirectCorpus.Hostile), MemberType = typeof(RedirectCorpus))]
    public void A_Hostile_Address_Is_Never_Followed(string address) => Assert.Null(LocalAddress.OrNull(address));

    [Theory]
    [InlineData("/")]
    [InlineData("/devices")]
    [InlineData("/devices/abc?tab=live&x=1#top")]
    [InlineData("/Account/ConfirmEmail?code=abc-_123")]
    [InlineData("/ring/link/confirm")]
    [InlineData("/events?day=2026-11-23&kind=a%20b")]
    public void A_Path_Of_This_Portal_Is_Kept(string address) => Assert.Equal(address, LocalAddress.OrNull(address));

    [Fact]
    public void The_Corpus_Has_Sixty_Payloads() => Assert.True(RedirectCorpus.All.Distinct().Count() >= 60);
}

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class OpenRedirectTests(AccountHost host) : IClassFixture<AccountHost>
{
    [Fact]
    public async Task No_Page_Carries_A_Hostile_Address_On()
    {
        using var visitor = new Visitor(host.Address);
        foreach (var address in RedirectCorpus.All)
        {
            foreach (var path in new[] { "/Account/Login", "/Account/Register" })
            {
                var page = await visitor.PageAsync($"{path}?returnUrl={Uri.EscapeDataString(address)}");
                Assert.True(string.IsNullOrEmpty(page.QuerySelector("input[name=returnUrl]")!.GetAttribute("value")), address);
                Assert.DoesNotContain(page.Links, link => link.GetAttribute("href")!.Contains("returnUrl", StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("/%2f/evil.example")]
    public async Task A_Posted_Hostile_Address_Leads_To_The_Own_Start(string address)
    {
        using var visitor = new Visitor(host.Address);
        var email = Visitor.NewEmail();

        var signedUp = await visitor.SubmitAsync(
            "/Account/Register", "sign-up", ("email", email), ("password", Visitor.Password), ("returnUrl", address));
        var signedIn = await visitor.SubmitAsync(
            "/Account/Login", "sign-in", ("email", email), ("password", Visitor.Password), ("returnUrl", address));

        Assert.All([signedUp, signedIn], answer =>
        {
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            Assert.Equal(new Uri(host.Address, "/devices"), new Uri(host.Address, answer.Headers.Location!));
        });
    }
}
