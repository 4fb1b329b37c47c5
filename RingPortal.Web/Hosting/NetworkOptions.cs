using System.Net;
using Microsoft.Extensions.Options;

namespace RingPortal.Web.Hosting;

/// <summary>Section <c>Network</c>: whose forwarded headers count.</summary>
public sealed class NetworkOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Network";

    /// <summary>Addresses or networks (CIDR) of the balancers in front of the portal, separated by commas.</summary>
    public string? KnownProxies { get; set; }

    /// <summary>The entries of <see cref="KnownProxies"/>.</summary>
    public IEnumerable<string> Entries =>
        (KnownProxies ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

internal sealed class NetworkOptionsValidator : IValidateOptions<NetworkOptions>
{
    public ValidateOptionsResult Validate(string? name, NetworkOptions options)
    {
        var wrong = options.Entries.Where(entry => !IPAddress.TryParse(entry, out _) && !IPNetwork.TryParse(entry, out _)).ToList();
        return wrong.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(wrong.Select(entry => $"Network__KnownProxies: \"{entry}\" is neither an address nor a network like 10.0.0.0/8."));
    }
}
