using System.Text;
using RingPortal.Web.Ring.Wire;

namespace RingPortal.Web.Ring;

public sealed partial class RingClient
{
    /// <summary>
    /// One page of a camera's event history, newest first (contract 10.1). Where Ring leads anywhere but to another page of
    /// the same history the answer is <see cref="RingFailure.Unreadable"/>: a token goes nowhere else.
    /// </summary>
    /// <param name="accessToken">Token of the link that shares the camera.</param>
    /// <param name="request">Which page.</param>
    /// <param name="priority">Whether a person waits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RingResult<RingHistoryPage>> GetHistoryAsync(
        string accessToken, RingHistoryRequest request, RingPriority priority, CancellationToken cancellationToken)
    {
        if (HistoryAddress(request) is not { } address)
        {
            return new RingFailure.Refused(400, "Not a page of a history");
        }

        var call = new RingCall("history.events", RingUpstream.Api, HttpMethod.Get, address, priority) { AccessToken = accessToken };
        var page = (await _transport.SendAsync(call, cancellationToken)).Read(HistoryDocument.Read);
        if (!page.IsSuccess)
        {
            return page.Failure;
        }

        // What belongs to another camera does not exist.
        List<RingHistoryEvent> events = [.. page.Value.Items.Where(entry => entry.DeviceId is null || entry.DeviceId == request.DeviceId)];
        // Ring's own example of an empty answer leads on, and a page that leads to itself has no end.
        if (page.Value is { Items.Count: 0 } or { Next: null })
        {
            return RingResult.Success(new RingHistoryPage(events, Next: null));
        }

        return RingAddress.ResolveOnSameOrigin(address, page.Value.Next) is { } next && IsSamePath(next, address)
            ? RingResult.Success(new RingHistoryPage(events, next == address ? null : next.PathAndQuery))
            : new RingFailure.Unreadable(200);
    }

    private Uri? HistoryAddress(RingHistoryRequest request)
    {
        if (RingAddress.Segment(request.DeviceId) is not { } segment)
        {
            return null;
        }

        var query = new StringBuilder($"/v1/history/devices/{segment}/events");
        if (request.EventTypes is { } types)
        {
            query.Append("?event_types=").Append(Uri.EscapeDataString(types));
        }

        var first = new Uri(new Uri(_options.CurrentValue.ApiBaseUrl), query.ToString());
        return request.Next is null ? first
            : RingAddress.ResolveOnSameOrigin(first, request.Next) is { } next && IsSamePath(next, first) ? next
            : null;
    }

    private static bool IsSamePath(Uri one, Uri other) =>
        !one.AbsolutePath.Contains("%2f", StringComparison.OrdinalIgnoreCase)
        && string.Equals(Uri.UnescapeDataString(one.AbsolutePath), Uri.UnescapeDataString(other.AbsolutePath), StringComparison.Ordinal);
}
