using RingPortal.Web.Ring.Wire;

namespace RingPortal.Web.Ring;

/// <summary>Reads devices page by page. A listing that cannot be read to its end is a failure: half of one would look like removed cameras.</summary>
internal sealed class RingDeviceLister(RingTransport transport)
{
    /// <summary>Everything in one call.</summary>
    public const string Query = "?include=status,capabilities,location,configurations";

    private const int MostPages = 20;

    public async Task<RingResult<IReadOnlyList<RingDevice>>> ListAsync(RingCall first, CancellationToken cancellationToken)
    {
        var devices = new Dictionary<string, RingDevice>();
        var visited = new HashSet<Uri>();
        for (var call = first; visited.Add(call.Address) && visited.Count <= MostPages;)
        {
            var page = (await transport.SendAsync(call, cancellationToken)).Read(root => Page.Read(DeviceDocument.Of(root)));
            if (!page.IsSuccess)
            {
                return page.Failure;
            }

            foreach (var device in page.Value.Devices)
            {
                devices.TryAdd(device.Id, device);
            }

            if (page.Value.Next is null)
            {
                return RingResult.Success<IReadOnlyList<RingDevice>>([.. devices.Values]);
            }

            if (RingAddress.ResolveOnSameOrigin(call.Address, page.Value.Next) is not { } next)
            {
                break;
            }

            call = call with { Address = next };
        }

        // Pages that go in circles, on without end, or elsewhere.
        return new RingFailure.Unreadable(200);
    }

    public async Task<RingResult<RingDevice>> ReadAsync(RingCall call, CancellationToken cancellationToken) =>
        (await transport.SendAsync(call, cancellationToken)).Read(root => DeviceDocument.Of(root).Single());

    private sealed record Page(IReadOnlyList<RingDevice> Devices, string? Next)
    {
        public static Page? Read(DeviceDocument document) => document.List() is { } devices ? new(devices, document.Next) : null;
    }
}
