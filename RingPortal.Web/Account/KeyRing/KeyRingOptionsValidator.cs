using Microsoft.Extensions.Options;

namespace RingPortal.Web.Account.KeyRing;

internal sealed class KeyRingOptionsValidator(IHostEnvironment environment) : IValidateOptions<KeyRingOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyRingOptions options)
    {
        var failures = new List<string>();
        Check("DataProtection__CertificatePath", options.CertificatePath, options.CertificatePassword, failures);
        Check("DataProtection__PreviousCertificatePath", options.PreviousCertificatePath, options.CertificatePassword, failures);
        if (string.IsNullOrEmpty(options.CertificatePath) && !environment.IsDevelopment())
        {
            failures.Add("DataProtection__CertificatePath must name a PKCS#12 file whose key protects the cookies' key ring.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void Check(string key, string? path, string? password, List<string> failures)
    {
        if (!string.IsNullOrEmpty(path) && KeyRingCertificate.Load(path, password).Fault is { } fault)
        {
            failures.Add($"{key} {fault}");
        }
    }
}
