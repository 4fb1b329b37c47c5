using RingPortal.Web.Features.Admin.Alarming;

namespace RingPortal.Tests.Admin.Alarming;

public sealed class AlarmsOptionsTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("operators@example.org", "https://hooks.example.org/alarms")]
    [InlineData(null, "http://127.0.0.1:9000/alarms")]
    public void Sensible_Settings_Are_Taken(string? email, string? url) => Assert.True(Validate(email, url).Succeeded);

    [Theory]
    [InlineData("operators", null, "Alarms__Email")]
    [InlineData(null, "http://hooks.example.org/alarms", "Alarms__WebhookUrl")]
    [InlineData(null, "/alarms", "Alarms__WebhookUrl")]
    public void Wrong_Settings_Stop_The_Start_And_Are_Named(string? email, string? url, string key) =>
        Assert.Contains(key, Validate(email, url).FailureMessage, StringComparison.Ordinal);

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(string? email, string? url) =>
        new AlarmsOptionsValidator().Validate(null, new AlarmsOptions { Email = email, WebhookUrl = url is null ? null : new Uri(url, UriKind.RelativeOrAbsolute) });
}
