using Microsoft.Extensions.Options;

namespace RingPortal.Web.Features.Tokens;

/// <summary>Stops the start without usable keys; names the setting, never a value.</summary>
internal sealed class VaultOptionsValidator : IValidateOptions<VaultOptions>
{
    public ValidateOptionsResult Validate(string? name, VaultOptions options)
    {
        var failures = Failures(options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(VaultOptions options)
    {
        if (options.Keys.Count == 0)
        {
            yield return "Vault__Keys__0 is not set: it seals the tokens at rest. Make one with: openssl rand -base64 32";
        }

        for (var index = 0; index < options.Keys.Count; index++)
        {
            if (VaultKey.TryParse(options.Keys[index]) is null)
            {
                yield return $"Vault__Keys__{index} must be Base64 of exactly 32 bytes. Make one with: openssl rand -base64 32";
            }
        }

        if (options.Keys.Select(key => key.Trim()).Distinct(StringComparer.Ordinal).Count() < options.Keys.Count)
        {
            yield return "Vault__Keys names the same key twice.";
        }
    }
}
