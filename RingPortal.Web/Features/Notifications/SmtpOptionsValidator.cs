using Microsoft.Extensions.Options;
using MimeKit;

namespace RingPortal.Web.Features.Notifications;

internal sealed class SmtpOptionsValidator(IHostEnvironment environment) : IValidateOptions<SmtpOptions>
{
    public ValidateOptionsResult Validate(string? name, SmtpOptions options)
    {
        var failures = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Host) && !environment.IsDevelopment())
        {
            failures.Add("Smtp__Host must name the mail server.");
        }

        if (!string.IsNullOrWhiteSpace(options.Host) && !MailboxAddress.TryParse(options.From ?? "", out _))
        {
            failures.Add("Smtp__From must be the address that messages come from.");
        }

        if (options.Port is < 1 or > 65535)
        {
            failures.Add("Smtp__Port must be between 1 and 65535.");
        }

        if (string.IsNullOrEmpty(options.User) != string.IsNullOrEmpty(options.Password))
        {
            failures.Add("Smtp__User and Smtp__Password must be set together or not at all.");
        }

        if (!Enum.IsDefined(options.Security))
        {
            failures.Add("Smtp__Security must be Auto, StartTls, Tls or None.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
