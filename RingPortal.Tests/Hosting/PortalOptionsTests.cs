using Microsoft.Extensions.Options;
using RingPortal.Tests.Look;
using RingPortal.Web.Features.Linking;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Hosting;

/// <summary>Options broken one by one: each failure names its key.</summary>
public sealed class PortalOptionsTests
{
    [Fact]
    public void A_Complete_Configuration_Is_Accepted()
    {
        Assert.True(Validate(_ => { }).Succeeded);
        Assert.True(Validate(options => options.PublicUrl = new Uri("http://localhost:5180"), development: true).Succeeded);
        Assert.True(Validate(options => options.AppName = "Wiring Bring").Succeeded);
    }

    public static TheoryData<string, Action<PortalOptions>> Broken => new()
    {
        { "Portal__PublicUrl", options => options.PublicUrl = null },
        { "Portal__PublicUrl", options => options.PublicUrl = new Uri("/portal", UriKind.Relative) },
        { "Portal__PublicUrl", options => options.PublicUrl = new Uri("http://portal.example.com") },
        { "Portal__PublicUrl", options => options.PublicUrl = new Uri("http://localhost:5180") },
        { "Portal__PublicUrl", options => options.PublicUrl = new Uri("https://portal.example.com/app") },
        { "Portal__PublicUrl", options => options.PublicUrl = new Uri("https://user@portal.example.com") },
        { "Portal__PublicUrl", options => options.PublicUrl = new Uri("ftp://portal.example.com") },
        { "Portal__AppName", options => options.AppName = "x" },
        { "Portal__AppName", options => options.AppName = new string('x', 25) },
        { "Portal__AppName", options => options.AppName = "My Ring Portal" },
        { "Portal__AppName", options => options.AppName = "Best of amazon" },
        { "Portal__PrimaryColor", options => options.PrimaryColor = "blue" },
        { "Portal__PrimaryColor", options => options.PrimaryColor = "#12345" },
        { "Portal__LogoPath", options => options.LogoPath = "/nowhere/logo.svg" },
        { "Portal__LogoDarkPath", options => options.LogoDarkPath = "/etc/passwd" },
        { "Portal__PrivacyUrl", options => options.PrivacyUrl = new Uri("privacy.html", UriKind.Relative) },
        { "Portal__TermsUrl", options => options.TermsUrl = new Uri("javascript:alert(1)") },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_Wrong_Value_Is_Refused_By_Its_Key(string key, Action<PortalOptions> breakIt)
    {
        var failure = Assert.Single(Validate(breakIt).Failures!);
        Assert.StartsWith(key, failure, StringComparison.Ordinal);
    }

    [Fact]
    public void All_Failures_Are_Told_At_Once() =>
        Assert.Equal(3, Validate(options => (options.PublicUrl, options.AppName, options.PrimaryColor) = (null, "Ring", "red")).Failures!.Count());

    [Theory]
    [InlineData("10.0.0.1, 192.168.0.0/16, ::1", true)]
    [InlineData("", true)]
    [InlineData("proxy.example.com", false)]
    [InlineData("10.0.0.0/99", false)]
    public void Proxies_Are_Addresses_Or_Networks(string proxies, bool fine)
    {
        var result = new NetworkOptionsValidator().Validate(null, new NetworkOptions { KnownProxies = proxies });
        Assert.Equal(fine, result.Succeeded);
        Assert.True(fine || result.FailureMessage!.StartsWith("Network__KnownProxies", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(600, 0, null)]
    [InlineData(60, 10, null)]
    [InlineData(601, 0, "Linking__NonceWindowSeconds")]
    [InlineData(59, 0, "Linking__NonceWindowSeconds")]
    [InlineData(600, -1, "Linking__ClockSkewSeconds")]
    [InlineData(600, 11, "Linking__ClockSkewSeconds")]
    public void The_Link_Window_Stays_Within_Rings_Law(int window, int skew, string? key) =>
        AssertKey(key, new LinkingOptionsValidator().Validate(null, new LinkingOptions { NonceWindowSeconds = window, ClockSkewSeconds = skew }));

    [Theory]
    [InlineData(15, 1000, 35, null)]
    [InlineData(0, 1000, 35, "Pool__RetentionMinutes")]
    [InlineData(31, 1000, 35, "Pool__RetentionMinutes")]
    [InlineData(15, 0, 35, "Pool__AlarmSize")]
    [InlineData(15, 1000, 0, "Pool__AlarmAgeMinutes")]
    public void The_Pool_Has_Sane_Limits(int retention, int size, int age, string? key) =>
        AssertKey(key, new PoolOptionsValidator().Validate(null, new PoolOptions { RetentionMinutes = retention, AlarmSize = size, AlarmAgeMinutes = age }));

    [Theory]
    [InlineData("Host=db;Username=app", false, null)]
    [InlineData(null, true, null)]
    [InlineData(null, false, "ConnectionStrings__Portal")]
    [InlineData("Username=app", false, "ConnectionStrings__Portal")]
    [InlineData("postgres://user:secret@db/ringportal", false, "ConnectionStrings__Portal")]
    public void The_Database_Is_Named_Outside_Development(string? text, bool development, string? key)
    {
        var result = new DatabaseOptionsValidator(new FakeEnvironment { EnvironmentName = development ? "Development" : "Production" }).Validate(null, new DatabaseOptions { Portal = text });
        AssertKey(key, result);
        Assert.DoesNotContain("secret", result.FailureMessage ?? "", StringComparison.Ordinal);
    }

    private static void AssertKey(string? key, ValidateOptionsResult result)
    {
        Assert.Equal(key is null, result.Succeeded);
        Assert.True(key is null || result.FailureMessage!.StartsWith(key, StringComparison.Ordinal), result.FailureMessage);
    }

    private static ValidateOptionsResult Validate(Action<PortalOptions> breakIt, bool development = false)
    {
        var options = new PortalOptions { PublicUrl = new Uri("https://portal.example.com") };
        breakIt(options);
        return new PortalOptionsValidator(new FakeEnvironment { EnvironmentName = development ? "Development" : "Production" }).Validate(null, options);
    }
}
