namespace RingPortal.Web.Ring;

/// <summary>What Ring issued to this app and where Ring lives (contract 0.3, 0.4). White space around texts is cut.</summary>
public sealed class RingOptions
{
    /// <summary>Configuration section; the environment form is <c>Ring__ClientId</c>.</summary>
    public const string Section = "Ring";

    /// <summary>Ring's law: requests in a second over all instances and hosts (contract 7.3).</summary>
    public const int RequestsPerSecondLaw = 100;

    /// <summary><c>client_id</c> in token requests.</summary>
    public string ClientId { get; set => field = value.Trim(); } = "";

    /// <summary><c>client_secret</c> in token requests.</summary>
    public string ClientSecret { get; set => field = value.Trim(); } = "";

    /// <summary>
    /// Signs webhooks and linking nonces. Used as text (its UTF-8 bytes), although it looks like Base64. An empty
    /// key verifies nothing.
    /// </summary>
    public string HmacKey { get; set => field = value.Trim(); } = "";

    /// <summary>The key before, still accepted while the key is rotated; empty otherwise.</summary>
    public string PreviousHmacKey { get; set => field = value.Trim(); } = "";

    /// <summary>Origin of the API.</summary>
    public string ApiBaseUrl { get; set => field = value.Trim(); } = "https://api.amazonvision.com";

    /// <summary>Where codes are redeemed and tokens refreshed.</summary>
    public string OAuthTokenUrl { get; set => field = value.Trim(); } = "https://oauth.ring.com/oauth/token";

    /// <summary>Hosts that media redirects may name, separated by commas; <c>*.</c> stands for any subdomain, a port may follow (contract 9.3).</summary>
    public string MediaHosts { get; set => field = value.Trim(); } = "*.amazonvision.com,*.amazonaws.com,*.ring.com";

    /// <summary>Requests in a second, of all instances together.</summary>
    public int MaxRequestsPerSecond { get; set; } = 90;

    /// <summary><see cref="MediaHosts"/> one by one.</summary>
    public IReadOnlyList<string> MediaHostPatterns =>
        MediaHosts.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
