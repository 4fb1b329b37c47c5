using Microsoft.Extensions.Options;
using RingPortal.Web.Account.Passwords;

namespace RingPortal.Web.Account.Staff;

internal sealed class AdminOptionsValidator : IValidateOptions<AdminOptions>
{
    public ValidateOptionsResult Validate(string? name, AdminOptions options)
    {
        var failures = new List<string>();
        if (string.IsNullOrEmpty(options.Email) != string.IsNullOrEmpty(options.Password))
        {
            failures.Add("Admin__Email and Admin__Password must be set together or not at all.");
        }

        if (!string.IsNullOrEmpty(options.Email) && !EmailAddress.IsPlausible(options.Email))
        {
            failures.Add("Admin__Email must be an e-mail address.");
        }

        if (!string.IsNullOrEmpty(options.Password) && options.Password.Length is < PasswordRules.Shortest or > PasswordRules.Longest)
        {
            failures.Add($"Admin__Password must have {PasswordRules.Shortest} to {PasswordRules.Longest} characters.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
