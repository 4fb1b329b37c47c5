using Microsoft.Extensions.Hosting.Internal;
using RingPortal.Web.Features.Notifications;

namespace RingPortal.Tests.Notifications;

public sealed class SmtpOptionsTests
{
    public static TheoryData<string, Action<SmtpOptions>> Faults => new()
    {
        { "Smtp__Host", options => options.Host = "" },
        { "Smtp__From", options => options.From = null },
        { "Smtp__From", options => options.From = "not an address" },
        { "Smtp__Port", options => options.Port = 0 },
        { "Smtp__Port", options => options.Port = 70000 },
        { "Smtp__Password", options => options.Password = null },
        { "Smtp__User", options => options.User = null },
        { "Smtp__Security", options => options.Security = (SmtpSecurity)9 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_Wrong_Setting_Is_Named(string key, Action<SmtpOptions> spoil)
    {
        var options = Good();
        spoil(options);

        Assert.Contains(key, Judge(options, "Production"), StringComparison.Ordinal);
    }

    [Fact]
    public void Good_Settings_And_A_Developers_Folder_Pass()
    {
        Assert.Equal("", Judge(Good(), "Production"));
        Assert.Equal("", Judge(new SmtpOptions(), "Development"));
    }

    private static SmtpOptions Good() => new() { Host = "mail.example.com", User = "user", Password = "password", From = "Fairview <hello@example.com>" };

    private static string Judge(SmtpOptions options, string environment) =>
        new SmtpOptionsValidator(new HostingEnvironment { EnvironmentName = environment }).Validate(null, options).FailureMessage ?? "";
}
