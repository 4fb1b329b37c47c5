using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Web.Features.Audit;

/// <summary>Section <c>Audit</c>: keys of the seals. They are kept outside the database, so that whoever can write there cannot make a seal.</summary>
public sealed class AuditOptions
{
    /// <summary>Name of the configuration section; the environment form is <c>Audit__SealKeys__0</c>.</summary>
    public const string Section = "Audit";

    /// <summary>Base64 of 32 random bytes each. The first seals, all verify.</summary>
    public IList<string> SealKeys { get; } = [];
}

/// <summary>Stops the start without usable keys; names the setting, never a value.</summary>
internal sealed class AuditOptionsValidator : IValidateOptions<AuditOptions>
{
    public ValidateOptionsResult Validate(string? name, AuditOptions options)
    {
        var failures = Failures(options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(AuditOptions options)
    {
        if (options.SealKeys.Count == 0)
        {
            yield return "Audit__SealKeys__0 is not set: it seals the audit trail. Make one with: openssl rand -base64 32";
        }

        for (var index = 0; index < options.SealKeys.Count; index++)
        {
            if (VaultKey.TryParse(options.SealKeys[index]) is null)
            {
                yield return $"Audit__SealKeys__{index} must be Base64 of exactly 32 bytes. Make one with: openssl rand -base64 32";
            }
        }
    }
}

/// <summary>In Development a key is made once and kept in the data folder. Elsewhere a missing key stops the start.</summary>
internal sealed class DevelopmentSealKey(IHostEnvironment environment, IConfiguration configuration) : IPostConfigureOptions<AuditOptions>
{
    public void PostConfigure(string? name, AuditOptions options)
    {
        if (environment.IsDevelopment() && options.SealKeys.Count == 0)
        {
            options.SealKeys.Add(DevelopmentSecret.ReadOrMake(configuration, "audit.key"));
        }
    }
}
