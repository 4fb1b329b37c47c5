using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using RingPortal.Web.Ring.Media;
using RingPortal.Web.Ring.Wire;

namespace RingPortal.Web.Ring;

/// <summary>
/// Ring's API, one method for each call that the portal makes (contract 3). Takes the access token as it is; custody,
/// refresh and the retry after 401 are <c>LinkAccess</c>'s part. Expected failures are results, never exceptions.
/// </summary>
public sealed partial class RingClient
{
    private const string LinkPath = "/v1/accounts/me/app-integrations";

    private static readonly JsonSerializerOptions s_bodies = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly RingTransport _transport;
    private readonly RingDeviceLister _devices;
    private readonly RingPager _pager;
    private readonly RingMediaTransport _media;
    private readonly IOptionsMonitor<RingOptions> _options;

    internal RingClient(RingTransport transport, RingMediaTransport media, IOptionsMonitor<RingOptions> options)
    {
        (_transport, _media, _options) = (transport, media, options);
        _devices = new(transport);
        _pager = new(transport);
    }

    /// <summary>The Ring user behind a token (contract 3.3). A 403 means here what 401 means elsewhere.</summary>
    public async Task<RingResult<RingUser>> GetUserAsync(string accessToken, CancellationToken cancellationToken)
    {
        var reply = await _transport.SendAsync(Call("users.me", HttpMethod.Get, "/v1/users/me", accessToken), cancellationToken);
        return reply.Failure is RingFailure.Forbidden
            ? new RingFailure.Unauthorized()
            : reply.Read(root => UserDocument.Read(root));
    }

    /// <summary>
    /// Confirms a link with the nonce (contract 3.4). Not repeated by the client: after
    /// <see cref="RingFailure.OutcomeUnknown"/> the nonce may be spent.
    /// </summary>
    /// <param name="accessToken">Token of the matched installation.</param>
    /// <param name="accountIdentifier">Masked identifier of the portal user; Ring shows it to the Ring user.</param>
    /// <param name="nonce">Exactly as received.</param>
    /// <param name="cancellationToken">Gives up waiting; the confirmation may have happened.</param>
    /// <returns>The status after it; <see cref="RingFailure.Refused.IsInvalidNonce"/> when Ring does not take the nonce.</returns>
    public Task<RingResult<RingIntegrationStatus>> ConfirmLinkAsync(
        string accessToken, string? accountIdentifier, string nonce, CancellationToken cancellationToken) =>
        ChangeLinkAsync("link.confirm", HttpMethod.Post, accessToken, new ConfirmLinkBody(accountIdentifier, nonce), cancellationToken);

    /// <summary>Completes a confirmed link, or pauses it (contract 3.5).</summary>
    /// <param name="accessToken">Token of the link.</param>
    /// <param name="status">Completed or awaiting.</param>
    /// <param name="accountIdentifier">Masked identifier of the portal user; null leaves the one that Ring shows.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<RingResult<RingIntegrationStatus>> SetLinkStatusAsync(
        string accessToken, RingIntegrationStatus status, string? accountIdentifier, CancellationToken cancellationToken) =>
        ChangeLinkAsync("link.status", HttpMethod.Patch, accessToken, new LinkStatusBody(LinkDocument.Word(status), accountIdentifier), cancellationToken);

    /// <summary>All devices that the Ring user shares, complete or not at all (contract 3.7).</summary>
    public Task<RingResult<IReadOnlyList<RingDevice>>> GetDevicesAsync(string accessToken, RingPriority priority, CancellationToken cancellationToken) =>
        _devices.ListAsync(Call("devices.list", HttpMethod.Get, $"/v1/devices{RingDeviceLister.Query}", accessToken, priority), cancellationToken);

    /// <summary>One device (contract 3.8); <see cref="RingFailure.NotFound"/> when it is removed or not shared.</summary>
    public Task<RingResult<RingDevice>> GetDeviceAsync(string accessToken, string deviceId, RingPriority priority, CancellationToken cancellationToken) =>
        RingAddress.Segment(deviceId) is { } segment
            ? _devices.ReadAsync(Call("devices.get", HttpMethod.Get, $"/v1/devices/{segment}{RingDeviceLister.Query}", accessToken, priority), cancellationToken)
            : Task.FromResult<RingResult<RingDevice>>(new RingFailure.Refused(400, "Not a device id"));

    /// <summary>All plans and trials of the Ring user for this app, complete or not at all (contract 10.2).</summary>
    public Task<RingResult<IReadOnlyList<RingSubscription>>> GetSubscriptionsAsync(string accessToken, RingPriority priority, CancellationToken cancellationToken) =>
        _pager.ListAsync(
            Call("subscriptions.list", HttpMethod.Get, "/v1/accounts/me/subscriptions", accessToken, priority),
            SubscriptionDocument.Read,
            subscription => subscription.Id,
            cancellationToken);

    private async Task<RingResult<RingIntegrationStatus>> ChangeLinkAsync<TBody>(
        string operation, HttpMethod method, string accessToken, TBody body, CancellationToken cancellationToken)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, s_bodies);
        var call = Call(operation, method, LinkPath, accessToken) with
        {
            Content = () => new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") } },
        };
        var reply = await _transport.SendAsync(call, cancellationToken);
        if (reply.Failure is not null)
        {
            return reply.Failure;
        }

        // Ring did it, whatever it writes about it.
        using var document = ErrorDocument.Parse(reply.Body);
        return RingResult.Success(LinkDocument.Status(document?.RootElement));
    }

    private RingCall Call(string operation, HttpMethod method, string path, string accessToken, RingPriority priority = RingPriority.Interactive) =>
        new(operation, RingUpstream.Api, method, new(new Uri(_options.CurrentValue.ApiBaseUrl), path), priority) { AccessToken = accessToken };
}
