using Microsoft.Extensions.Options;
using RingPortal.Web.Ring.Wire;

namespace RingPortal.Web.Ring;

/// <summary>
/// Ring's token endpoint (contract 3.1, 3.2). Repeats nothing by itself: whether a code or a refresh token may be
/// sent again is for its owner to decide.
/// </summary>
public sealed class RingOAuthClient
{
    private readonly RingTransport _transport;
    private readonly IOptionsMonitor<RingOptions> _options;

    internal RingOAuthClient(RingTransport transport, IOptionsMonitor<RingOptions> options) => (_transport, _options) = (transport, options);

    /// <summary>Turns an authorization code into a token pair. Codes live 60 s and work once.</summary>
    /// <param name="code">The code.</param>
    /// <param name="codeVerifier">PKCE verifier, where one came with the code.</param>
    /// <param name="cancellationToken">Gives up; the code may be spent then.</param>
    /// <returns>
    /// The tokens; <see cref="RingFailure.Refused"/> for 400 and 401; <see cref="RingFailure.OutcomeUnknown"/> for 5xx
    /// and silence, when the code may be spent.
    /// </returns>
    public Task<RingResult<RingTokenSet>> RedeemAsync(string code, string? codeVerifier, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> fields = [new("grant_type", "authorization_code"), new("code", code)];
        if (codeVerifier is not null)
        {
            fields.Add(new("code_verifier", codeVerifier));
        }

        return AskAsync("oauth.redeem", fields, RingPriority.Interactive, cancellationToken);
    }

    /// <summary>Turns a refresh token into a new pair, which replaces it.</summary>
    /// <param name="refreshToken">The newest refresh token of the link.</param>
    /// <param name="priority">Whether a person waits.</param>
    /// <param name="cancellationToken">Gives up; the refresh token may be spent then.</param>
    /// <returns>As <see cref="RedeemAsync"/>.</returns>
    public Task<RingResult<RingTokenSet>> RefreshAsync(string refreshToken, RingPriority priority, CancellationToken cancellationToken) =>
        AskAsync("oauth.refresh", [new("grant_type", "refresh_token"), new("refresh_token", refreshToken)], priority, cancellationToken);

    private async Task<RingResult<RingTokenSet>> AskAsync(
        string operation, List<KeyValuePair<string, string>> fields, RingPriority priority, CancellationToken cancellationToken)
    {
        var options = _options.CurrentValue;
        fields.Add(new("client_id", options.ClientId));
        fields.Add(new("client_secret", options.ClientSecret));
        var call = new RingCall(operation, RingUpstream.OAuth, HttpMethod.Post, new(options.OAuthTokenUrl), priority)
        {
            Content = () => new FormUrlEncodedContent(fields),
        };
        var reply = await _transport.SendAsync(call, cancellationToken);
        return Failure(reply) ?? reply.Read(root => TokenDocument.Read(root));
    }

    /// <summary>Here 401 is the refusal of a grant, and after a 5xx nobody knows whether the grant is spent.</summary>
    private static RingResult<RingTokenSet>? Failure(RingReply reply) => reply.Status switch
    {
        400 or 401 => new RingFailure.Refused(reply.Status, ErrorDocument.Title(reply.Body)),
        >= 500 => new RingFailure.OutcomeUnknown(),
        429 => null,
        > 401 => new RingFailure.Unreadable(reply.Status),
        _ => null,
    };
}
