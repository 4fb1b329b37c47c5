using Microsoft.Extensions.Options;
using RingPortal.Web.Ring.Media;

namespace RingPortal.Web.Ring;

/// <summary>Stops the start on wrong Ring settings; says all that is wrong at once, each with the key to set, never a value.</summary>
internal sealed class RingOptionsValidator(IHostEnvironment environment) : IValidateOptions<RingOptions>
{
    public ValidateOptionsResult Validate(string? name, RingOptions options)
    {
        var failures = Credentials(options).Concat(Addresses(options)).Concat(Limits(options)).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> Credentials(RingOptions options)
    {
        foreach (var (key, value, what) in new[]
        {
            ("Ring__ClientId", options.ClientId, "the client ID"),
            ("Ring__ClientSecret", options.ClientSecret, "the client secret"),
            ("Ring__HmacKey", options.HmacKey, "the HMAC signature key"),
        })
        {
            if (value.Length == 0 && !environment.IsDevelopment())
            {
                yield return $"{key} is not set: it is {what} that Ring's developer console shows when the app is created.";
            }
        }

        if (options.PreviousHmacKey.Length > 0 && options.PreviousHmacKey == options.HmacKey)
        {
            yield return "Ring__PreviousHmacKey is the same as Ring__HmacKey: set it to the key before, or leave it out.";
        }
    }

    private static IEnumerable<string> Addresses(RingOptions options)
    {
        if (!RingAddress.IsOrigin(options.ApiBaseUrl))
        {
            yield return "Ring__ApiBaseUrl must be an https origin without a path (http only for this machine itself), for example https://api.amazonvision.com.";
        }

        if (!RingAddress.IsSafe(options.OAuthTokenUrl))
        {
            yield return "Ring__OAuthTokenUrl must be an https address (http only for this machine itself), for example https://oauth.ring.com/oauth/token.";
        }

        if (options.MediaHostPatterns.FirstOrDefault(pattern => !RingMediaHosts.IsPattern(pattern)) is { } wrong)
        {
            yield return $"Ring__MediaHosts names '{wrong}', which is no host name: write hosts separated by commas, *. for any subdomain, with a port where it is not the usual one.";
        }
    }

    private static IEnumerable<string> Limits(RingOptions options)
    {
        if (options.MaxRequestsPerSecond is < 1 or > RingOptions.RequestsPerSecondLaw)
        {
            yield return $"Ring__MaxRequestsPerSecond must be from 1 to {RingOptions.RequestsPerSecondLaw}, the limit that Ring sets for an app.";
        }
    }
}
