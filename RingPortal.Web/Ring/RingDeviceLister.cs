using RingPortal.Web.Ring.Wire;

namespace RingPortal.Web.Ring;

/// <summary>Reads devices with everything that belongs to them in one call (contract 3.7, 3.8).</summary>
internal sealed class RingDeviceLister(RingTransport transport)
{
    /// <summary>Everything in one call.</summary>
    public const string Query = "?include=status,capabilities,location,configurations";

    private readonly RingPager _pager = new(transport);

    public Task<RingResult<IReadOnlyList<RingDevice>>> ListAsync(RingCall first, CancellationToken cancellationToken) =>
        _pager.ListAsync(first, root => Page(DeviceDocument.Of(root)), device => device.Id, cancellationToken);

    public async Task<RingResult<RingDevice>> ReadAsync(RingCall call, CancellationToken cancellationToken) =>
        (await transport.SendAsync(call, cancellationToken)).Read(root => DeviceDocument.Of(root).Single());

    private static RingPage<RingDevice>? Page(DeviceDocument document) => document.List() is { } devices ? new(devices, document.Next) : null;
}
