namespace RingPortal.Web.Ring;

/// <summary>Live views (contract 8).</summary>
public sealed partial class RingClient
{
    /// <summary>The largest description of a live view, asked or answered.</summary>
    public const int LargestSdp = 64 * 1024;

    private const string Sdp = "application/sdp";

    /// <summary>
    /// Asks for a live view. Never repeated by the client: after <see cref="RingFailure.OutcomeUnknown"/> there may be one.
    /// </summary>
    /// <param name="accessToken">Token of the link.</param>
    /// <param name="deviceId">Ring's id of the camera.</param>
    /// <param name="offer">The browser's description of what it can receive, byte for byte.</param>
    /// <param name="cancellationToken">Gives up waiting; there may be a live view nevertheless.</param>
    /// <returns>A live view that exists at Ring, also one that cannot be shown, so that it can be ended.</returns>
    public async Task<RingResult<RingLiveView>> StartLiveViewAsync(string accessToken, string deviceId, ReadOnlyMemory<byte> offer, CancellationToken cancellationToken)
    {
        if (RingAddress.Segment(deviceId) is not { } segment)
        {
            return new RingFailure.Refused(400, "Not a device id");
        }

        var call = Call("live.start", HttpMethod.Post, $"/v1/devices/{segment}/media/streaming/whep/sessions", accessToken) with
        {
            Accept = "application/sdp, application/json",
            Content = () => new ReadOnlyMemoryContent(offer) { Headers = { ContentType = new(Sdp) } },
            IsAboutOneDevice = true,
            LargestAnswer = LargestSdp,
        };
        var reply = await _transport.SendAsync(call, cancellationToken);
        var address = reply.Location is null ? null : RingAddress.LiveSession(call.Address, reply.Location, deviceId);
        if (address?.AbsolutePath == call.Address.AbsolutePath)
        {
            // Where live views are asked for is no live view.
            address = null;
        }

        if (reply.Failure is not null && address is null)
        {
            return reply.Failure;
        }

        // An address that is not Ring's is never called, and what came with it is not shown.
        var isShown = reply is { Failure: null, MediaType: Sdp } && IsDescription(reply.Body.Span) && (reply.Location is null || address is not null);
        return RingResult.Success(new RingLiveView(address?.PathAndQuery, isShown ? reply.Body : (ReadOnlyMemory<byte>?)null));
    }

    /// <summary>
    /// Ends a live view (contract 8.6). Ring does not document the answer: every 2xx counts. Not repeated by the client,
    /// but safe to repeat: what is gone answers 404.
    /// </summary>
    /// <param name="accessToken">Token of the link that opened it.</param>
    /// <param name="path">What Ring named when it began (contract 8.5); nothing is sent to any other kind of address.</param>
    /// <param name="cancellationToken">Gives up waiting; it may have ended.</param>
    /// <returns>True when it ended now, false when it was gone already.</returns>
    public async Task<RingResult<bool>> EndLiveSessionAsync(string accessToken, string path, CancellationToken cancellationToken)
    {
        if (RingAddress.LiveSession(new Uri(_options.CurrentValue.ApiBaseUrl), path) is not { } address)
        {
            return new RingFailure.Refused(400, "Not a live view");
        }

        var call = new RingCall("live.end", RingUpstream.Api, HttpMethod.Delete, address, RingPriority.Interactive) { AccessToken = accessToken };
        var reply = await _transport.SendAsync(call, cancellationToken);
        return reply.Failure switch
        {
            null => RingResult.Success(true),
            RingFailure.NotFound => RingResult.Success(false),
            { } failure => failure,
        };
    }

    private static bool IsDescription(ReadOnlySpan<byte> body) => body.StartsWith("v=0"u8) && body.IndexOf("\nm="u8) >= 0;
}
