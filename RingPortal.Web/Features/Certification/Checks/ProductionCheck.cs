using Microsoft.Extensions.Options;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>Whether this is what Ring may review: a production portal at a public address.</summary>
internal sealed class ProductionCheck(IOptions<PortalOptions> portal, IHostEnvironment environment) : ICertificationCheck
{
    public string Item => "before.production";

    public Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        var address = portal.Value.Address("/");
        string?[] wrong =
        [
            environment.IsProduction() ? null : $"the environment is {environment.EnvironmentName}, not Production",
            portal.Value.IsHttps ? null : $"{address.GetLeftPart(UriPartial.Authority)} is not https",
            address.IsLoopback ? $"{address.Host} is this machine itself; Ring cannot reach it" : null,
        ];
        return Task.FromResult(CheckFinding.Of(wrong, $"{environment.EnvironmentName} at {address.GetLeftPart(UriPartial.Authority)}"));
    }
}
