namespace RingPortal.Web.Features.Teardown;

/// <summary>Carries the removal of a device to its end.</summary>
public sealed class TearDownDeviceJob
{
    /// <summary>Goes on with one teardown.</summary>
    public Task RunAsync(Guid teardownId, CancellationToken cancellationToken) => throw new NotSupportedException($"{teardownId}");
}
