using Microsoft.Extensions.Options;

namespace RingPortal.Web.Features.Linking;

/// <summary>Section <c>Linking</c>: how long Ring's redirect may be used (contract 4.3).</summary>
public sealed class LinkingOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Linking";

    /// <summary>Seconds after which Ring's nonce has run out; Ring's law is 600.</summary>
    public int NonceWindowSeconds { get; set; } = 600;

    /// <summary>Seconds by which Ring's time may be ahead of ours; Ring's sample allows none.</summary>
    public int ClockSkewSeconds { get; set; }

    /// <summary><see cref="NonceWindowSeconds"/> as a span.</summary>
    public TimeSpan Window => TimeSpan.FromSeconds(NonceWindowSeconds);

    /// <summary><see cref="ClockSkewSeconds"/> as a span.</summary>
    public TimeSpan Skew => TimeSpan.FromSeconds(ClockSkewSeconds);
}

internal sealed class LinkingOptionsValidator : IValidateOptions<LinkingOptions>
{
    public ValidateOptionsResult Validate(string? name, LinkingOptions options)
    {
        var failures = new List<string>();
        if (options.NonceWindowSeconds is < 60 or > 600)
        {
            failures.Add("Linking__NonceWindowSeconds must be 60 to 600; Ring refuses anything older.");
        }

        if (options.ClockSkewSeconds is < 0 or > 10)
        {
            failures.Add("Linking__ClockSkewSeconds must be 0 to 10.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
