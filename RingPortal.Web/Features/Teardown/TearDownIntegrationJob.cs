namespace RingPortal.Web.Features.Teardown;

/// <summary>Carries the removal of a integration to its end.</summary>
public sealed class TearDownIntegrationJob
{
    /// <summary>Goes on with one teardown.</summary>
    public Task RunAsync(Guid teardownId, CancellationToken cancellationToken) => throw new NotSupportedException($"{teardownId}");
}
