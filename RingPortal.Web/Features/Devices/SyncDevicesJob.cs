namespace RingPortal.Web.Features.Devices;

/// <summary>Reads the cameras of a link again because something said that they changed.</summary>
public sealed class SyncDevicesJob
{
    /// <summary>Settles what is due for one link.</summary>
    public Task RunAsync(Guid ringTokenId, CancellationToken cancellationToken) => throw new NotSupportedException($"{ringTokenId}");
}
