using System.Globalization;
using System.Net.Http.Headers;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>
/// A browser that reaches an instance through the TLS proxy of a production: forwarded headers, an address of its own,
/// and cookies that are only for https.
/// </summary>
internal sealed class ProxiedBrowser : DelegatingHandler
{
    private static int s_browsers;

    private readonly Dictionary<string, string> _cookies;
    private readonly Uri _portal;
    private readonly string _address;

    private ProxiedBrowser(Uri portal, Dictionary<string, string> cookies)
        : base(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        (_portal, _cookies) = (portal, cookies);
        var number = Interlocked.Increment(ref s_browsers);
        _address = string.Create(CultureInfo.InvariantCulture, $"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}");
    }

    /// <summary>A client that follows no redirects and keeps the cookies it is given.</summary>
    /// <param name="portal">The instance.</param>
    /// <param name="cookies">Where the cookies are kept, for who wants to see or lend them; null for a place of its own.</param>
    public static HttpClient Open(Uri portal, Dictionary<string, string>? cookies = null) => new(new ProxiedBrowser(portal, cookies ?? [])) { BaseAddress = portal };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = new Uri(_portal, request.RequestUri!.PathAndQuery);
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", _address);
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", "https");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Host", "portal.example.com");
        if (_cookies.Count > 0)
        {
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        var answer = await base.SendAsync(request, cancellationToken);
        Keep(answer.Headers);
        return answer;
    }

    private void Keep(HttpResponseHeaders headers)
    {
        foreach (var cookie in headers.TryGetValues("Set-Cookie", out var lines) ? lines : [])
        {
            var (name, value) = cookie.Split(';')[0].Split('=', 2) is [var first, var second] ? (first, second) : (cookie, "");
            if (value.Length == 0)
            {
                _cookies.Remove(name);
            }
            else
            {
                _cookies[name] = value;
            }
        }
    }
}
