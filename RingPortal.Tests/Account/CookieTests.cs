using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Account;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class CookieTests
{
    [Theory]
    [InlineData("http://localhost:5180", "http", "")]
    [InlineData("https://portal.example.com", "https", "__Host-")]
    public async Task Every_Cookie_Carries_The_Flags_Of_Its_Scheme(string publicUrl, string scheme, string prefix)
    {
        var host = new AccountHost().With("Portal:PublicUrl", publicUrl).With("Network:KnownProxies", "127.0.0.1");
        await host.InitializeAsync();
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);

        var form = await client.GetAsync(new Uri("/Account/Register", UriKind.Relative));
        var antiforgery = Assert.Single(form.Headers.GetValues("Set-Cookie"));
        var token = (await Visitor.ReadAsync(form)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        client.DefaultRequestHeaders.Add("Cookie", antiforgery.Split(';')[0]);
        var answer = await client.PostAsync(new Uri("/Account/Register", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-up",
            ["__RequestVerificationToken"] = token,
            ["email"] = Visitor.NewEmail(),
            ["password"] = Visitor.Password,
        }));

        string[] cookies = [antiforgery, .. answer.Headers.GetValues("Set-Cookie")];
        Assert.Equal([$"{prefix}rp-form", $"{prefix}rp-session", $"{prefix}rp-email"], cookies.Select(cookie => cookie.Split('=')[0]));
        Assert.All(cookies, cookie =>
        {
            var flags = cookie.Split("; ").Skip(1).Select(flag => flag.ToLowerInvariant()).ToList();
            Assert.Contains("httponly", flags);
            Assert.Contains("samesite=lax", flags);
            Assert.Contains("path=/", flags);
            Assert.Equal(scheme == "https", flags.Contains("secure"));
            Assert.DoesNotContain(flags, flag => flag.StartsWith("domain", StringComparison.Ordinal));
        });
        await host.DisposeAsync();
    }
}
