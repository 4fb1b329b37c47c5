using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>The portal's own services on a proof's database, composed and not started: what operators' pages call.</summary>
internal sealed class ProofServices : IAsyncDisposable
{
    private readonly WebApplication _application;

    public ProofServices(ProofWorld world)
    {
        var settings = world.Settings.Where(setting => !setting.Key.StartsWith("ASPNETCORE", StringComparison.Ordinal))
            .Select(setting => $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}");
        _application = PortalApplication.Build(PortalApplication.CreateBuilder(
            ["--environment=Production", "--applicationName=RingPortal.Web", $"--contentRoot={ProofPrograms.Portal.Folder}", .. settings]));
    }

    /// <summary>Every address that the portal answers.</summary>
    public IReadOnlyList<RouteEndpoint> Routes => [.. ((IEndpointRouteBuilder)_application).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    /// <summary>The services themselves.</summary>
    public IServiceProvider All => _application.Services;

    /// <summary>Does something with a service, in a scope of its own.</summary>
    public async Task<TResult> AskAsync<TService, TResult>(Func<TService, Task<TResult>> ask)
        where TService : notnull
    {
        await using var scope = _application.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
