using Microsoft.Extensions.Options;
using RingPortal.Web.Account;

namespace RingPortal.Web.Features.Admin.Alarming;

internal sealed class AlarmsOptionsValidator : IValidateOptions<AlarmsOptions>
{
    public ValidateOptionsResult Validate(string? name, AlarmsOptions options)
    {
        var failures = new List<string>();
        if (!string.IsNullOrEmpty(options.Email) && !EmailAddress.IsPlausible(options.Email))
        {
            failures.Add("Alarms__Email must be an e-mail address.");
        }

        if (options.WebhookUrl is { } url && !(url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))))
        {
            failures.Add("Alarms__WebhookUrl must be an https address (http only to this machine).");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
