using static System.Net.HttpStatusCode;

namespace RingPortal.Tests.Rights;

/// <summary>
/// Every address that names something of a person (reliability A10). A new route with a parameter fails the matrix until it
/// stands here, or among those that name nothing of anybody, with the reason.
/// </summary>
internal static class RightsMatrix
{
    /// <summary>Receive-only, with H.264, as a browser writes it.</summary>
    private const string Offer =
        "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\na=recvonly\r\na=rtcp-mux\r\na=ice-ufrag:abcd\r\n"
        + "a=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=fingerprint:sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF\r\na=setup:actpass\r\na=rtpmap:96 H264/90000\r\n";

    /// <summary>Ring is not there: what needs it is not available, and that is no hiding.</summary>
    public static IReadOnlyList<RightsRow> Rows { get; } =
    [
        new("GET", "/devices/{Id:guid}", Belonging.Camera) { Owner = [OK] },
        new("GET", "/devices/{Id:guid}", Belonging.Camera) { Owner = [OK], Address = "/devices/{id}?tab=events" },
        new("GET", "/devices/{Id:guid}", Belonging.Camera) { Owner = [OK], Address = "/devices/{id}?tab=details" },
        new("GET", "/devices/{Id:guid}", Belonging.Camera) { Owner = [OK], Address = "/devices/{id}?tab=pictures" },
        new("GET", "/devices/{Id:guid}", Belonging.Camera) { Owner = [OK], Address = "/devices/{id}?tab=schedule" },
        new("GET", "/events", Belonging.Camera) { Owner = [OK], Address = "/events?camera={id}", Removed = OK, Others = OK },
        new("GET", "/events", Belonging.Event) { Owner = [OK], Address = "/events?event={id}", Removed = OK, Others = OK },
        new("POST", "/api/devices/{id:guid}/live", Belonging.Camera) { Owner = [ServiceUnavailable, Conflict], IsGuarded = true, Body = ("application/sdp", Offer) },
        new("POST", "/api/live/{id:guid}/beat", Belonging.LiveView) { Owner = [NoContent], IsGuarded = true, Removed = Gone },
        new("DELETE", "/api/live/{id:guid}", Belonging.LiveView) { Owner = [NoContent], Removed = NoContent },
        new("GET", "/media/devices/{id:guid}/latest", Belonging.Camera) { Owner = [ServiceUnavailable] },
        new("GET", "/media/events/{id:guid}/image", Belonging.Event) { Owner = [ServiceUnavailable] },
        new("GET", "/media/events/{id:guid}/clip", Belonging.Event) { Owner = [ServiceUnavailable] },
        new("GET", "/media/pictures/{id:guid}", Belonging.Picture) { Owner = [OK] },
        new("GET", "/Account/RingAccounts/{id:guid}/Disconnect", Belonging.Connection) { Owner = [OK] },
        new("HEAD", "/Account/RingAccounts/{id:guid}/Disconnect", Belonging.Connection) { Owner = [OK] },
        new("POST", "/Account/RingAccounts/{id:guid}/Disconnect", Belonging.Connection) { Owner = [OK], IsGuarded = true },
    ];

    /// <summary>Routes with a parameter that names nothing of anybody, and why.</summary>
    public static IReadOnlyDictionary<string, string> Nobodys { get; } = new Dictionary<string, string>
    {
        ["/theme.{hash}.css"] = "the digest of the sheet, the same for everybody",
        ["/unsubscribe/{secret}/"] = "whoever holds the secret may; it is checked beside the matrix",
    };

    /// <summary>The framework's own addresses, by how they begin: files, and the circuit, whose pages are authorised one by one.</summary>
    public static IReadOnlyList<string> Framework { get; } = ["/_framework/", "_framework/", "/_blazor", "_blazor", "_content/", "{**path:file}"];
}
