using Microsoft.AspNetCore.Components;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Devices.Pages;

/// <summary>A page about cameras: while it is open, Ring is asked in the background when what is known is old.</summary>
public abstract class CameraPageBase : LivePage
{
    private static readonly TimeSpan s_pauseBeforeFirstListing = TimeSpan.FromSeconds(1);

    [Inject]
    private DeviceRefresh Refresh { get; set; } = null!;

    /// <summary>Whether Ring has never listed the cameras, so that news is expected any moment.</summary>
    protected virtual bool IsWaiting => !IsLoaded;

    /// <inheritdoc />
    protected override TimeSpan Pause => IsWaiting && Failure is null ? s_pauseBeforeFirstListing : base.Pause;

    /// <inheritdoc />
    protected override Task<bool> CatchUpAsync(bool first, CancellationToken cancellationToken) =>
        Refresh.RefreshIfOlderAsync(UserId, DeviceRefresh.Fresh, first ? RingPriority.Interactive : RingPriority.Background, cancellationToken);
}
