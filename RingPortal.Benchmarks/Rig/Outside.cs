using System.Globalization;

namespace RingPortal.Benchmarks.Rig;

/// <summary>The portal's own port without a browser, as a proxy calls it for one that uses the portal's public address.</summary>
internal static class Outside
{
    /// <param name="port">The portal's own port.</param>
    /// <param name="origin">Where browsers find the portal.</param>
    /// <param name="handler">What sends; null for one that keeps nothing.</param>
    public static HttpClient Open(int port, string origin, HttpMessageHandler? handler = null)
    {
        var client = new HttpClient(handler ?? Wire())
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")),
        };
        client.DefaultRequestHeaders.Host = new Uri(origin).Authority;
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        return client;
    }

    /// <summary>Sends what it is given and follows nothing.</summary>
    public static SocketsHttpHandler Wire() => new() { UseProxy = false, UseCookies = false, AllowAutoRedirect = false };
}
