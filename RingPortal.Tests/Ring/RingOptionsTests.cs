using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Ring;

public sealed class RingOptionsTests
{
    [Fact]
    public void Complete_Settings_Are_Taken_And_White_Space_Is_Cut()
    {
        var options = Bind(("HmacKey", " key=\r\n"), ("ClientId", "\tid "), ("MediaHosts", " cdn.example.com , *.ring.com "));

        Assert.Equal("key=", options.HmacKey);
        Assert.Equal("id", options.ClientId);
        Assert.Equal(["cdn.example.com", "*.ring.com"], options.MediaHostPatterns);
        Assert.Equal(90, options.MaxRequestsPerSecond);
        Assert.Equal("https://api.amazonvision.com", options.ApiBaseUrl);
        Assert.Equal("https://oauth.ring.com/oauth/token", options.OAuthTokenUrl);
    }

    [Theory]
    [InlineData("ClientId", "", "Ring__ClientId")]
    [InlineData("ClientId", "   ", "Ring__ClientId")]
    [InlineData("ClientSecret", "", "Ring__ClientSecret")]
    [InlineData("HmacKey", "", "Ring__HmacKey")]
    [InlineData("HmacKey", " \n", "Ring__HmacKey")]
    [InlineData("PreviousHmacKey", "key-5a7c", "Ring__PreviousHmacKey")]
    [InlineData("ApiBaseUrl", "", "Ring__ApiBaseUrl")]
    [InlineData("ApiBaseUrl", "api.amazonvision.com", "Ring__ApiBaseUrl")]
    [InlineData("ApiBaseUrl", "http://api.amazonvision.com", "Ring__ApiBaseUrl")]
    [InlineData("ApiBaseUrl", "https://api.amazonvision.com/v1", "Ring__ApiBaseUrl")]
    [InlineData("ApiBaseUrl", "https://api.amazonvision.com/?x=1", "Ring__ApiBaseUrl")]
    [InlineData("ApiBaseUrl", "https://user@api.amazonvision.com", "Ring__ApiBaseUrl")]
    [InlineData("ApiBaseUrl", "file:///etc/passwd", "Ring__ApiBaseUrl")]
    [InlineData("OAuthTokenUrl", "", "Ring__OAuthTokenUrl")]
    [InlineData("OAuthTokenUrl", "http://oauth.ring.com/oauth/token", "Ring__OAuthTokenUrl")]
    [InlineData("OAuthTokenUrl", "/oauth/token", "Ring__OAuthTokenUrl")]
    [InlineData("MediaHosts", "*", "Ring__MediaHosts")]
    [InlineData("MediaHosts", "*.com,https://cdn.example.com", "Ring__MediaHosts")]
    [InlineData("MediaHosts", "*.ring.com,10.0.0.1", "Ring__MediaHosts")]
    [InlineData("MaxRequestsPerSecond", "0", "Ring__MaxRequestsPerSecond")]
    [InlineData("MaxRequestsPerSecond", "101", "Ring__MaxRequestsPerSecond")]
    public void One_Broken_Setting_Stops_The_Start_And_Is_Named(string key, string value, string named)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Bind((key, value)));

        Assert.StartsWith(named, Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void All_Failures_Are_Told_At_Once_And_No_Secret_With_Them()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Bind(("ClientId", ""), ("ClientSecret", ""), ("PreviousHmacKey", "key-5a7c"), ("ApiBaseUrl", "x")));

        Assert.Equal(4, exception.Failures.Count());
        Assert.DoesNotContain("key-5a7c", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_Development_The_Portal_Starts_Without_Credentials_And_With_Plain_Loopback()
    {
        var options = Bind(Environments.Development, ("ClientId", ""), ("ClientSecret", ""), ("HmacKey", ""), ("ApiBaseUrl", "http://localhost:5190"), ("OAuthTokenUrl", "http://127.0.0.1:5190/oauth/token"));

        Assert.Equal("", options.HmacKey);
    }

    private static RingOptions Bind(params (string Key, string Value)[] settings) => Bind(Environments.Production, settings);

    private static RingOptions Bind(string environment, params (string Key, string Value)[] settings)
    {
        Dictionary<string, string?> all = new() { ["Ring:ClientId"] = "id", ["Ring:ClientSecret"] = "secret", ["Ring:HmacKey"] = "key-5a7c" };
        foreach (var (key, value) in settings)
        {
            all[$"Ring:{key}"] = value;
        }

        return new ServiceCollection()
            .AddSingleton<IHostEnvironment>(new NamedEnvironment(environment))
            .AddRing(new ConfigurationBuilder().AddInMemoryCollection(all).Build())
            .BuildServiceProvider()
            .GetRequiredService<IOptions<RingOptions>>().Value;
    }
}

/// <summary>An environment that is nothing but its name.</summary>
internal sealed class NamedEnvironment(string name) : IHostEnvironment
{
    public string EnvironmentName { get; set; } = name;

    public string ApplicationName { get; set; } = "tests";

    public string ContentRootPath { get; set; } = "/";

    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
}
