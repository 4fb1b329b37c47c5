using System.Diagnostics;
using System.Net.Security;
using Microsoft.Extensions.Options;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Certification.Outside;

/// <summary>
/// Calls the portal as Ring and browsers do: by its public address, over the network, without redirects and cookies of its own.
/// Calls nothing else but what a check names.
/// </summary>
internal sealed class OutsideCaller : IDisposable
{
    private const int LargestBody = 1024 * 1024;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly IOptions<PortalOptions> _portal;
    private readonly ProbeMark _mark;

    public OutsideCaller(IOptions<PortalOptions> portal, ProbeMark mark, ProbeTrust trust)
    {
        (_portal, _mark) = (portal, mark);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            // What the name leads to may change between two runs.
            PooledConnectionLifetime = TimeSpan.FromSeconds(30),
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust.Policy },
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LargestBody,
        };
    }

    /// <summary>An address of the portal as the world knows it.</summary>
    public Uri Address(string path) => _portal.Value.Address(path);

    /// <summary>Asks one of the portal's addresses.</summary>
    /// <param name="path">Path and query.</param>
    /// <param name="accept">The <c>Accept</c> header; none when null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<OutsideReply> GetAsync(string path, string? accept, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Address(path));
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return SendAsync(request, cancellationToken);
    }

    /// <summary>Sends a call to the portal, marked as a probe; the call is disposed.</summary>
    public Task<OutsideReply> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation(ProbeMark.HeaderName, _mark.Make());
        return ExchangeAsync(request, cancellationToken);
    }

    /// <summary>Sends a call to somebody else, without any mark; the call is disposed.</summary>
    public Task<OutsideReply> AskStrangerAsync(HttpRequestMessage request, CancellationToken cancellationToken) => ExchangeAsync(request, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<OutsideReply> ExchangeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(s_patience);
            var started = Stopwatch.GetTimestamp();
            try
            {
                using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit.Token);
                return await ReadAsync(response, Stopwatch.GetElapsedTime(started), limit.Token);
            }
            catch (HttpRequestException exception)
            {
                return new OutsideReply(0, Stopwatch.GetElapsedTime(started)) { Trouble = Words(exception) };
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new OutsideReply(0, Stopwatch.GetElapsedTime(started)) { Trouble = "no answer within 10 s" };
            }
        }
    }

    private static async Task<OutsideReply> ReadAsync(HttpResponseMessage response, TimeSpan time, CancellationToken cancellationToken) => new((int)response.StatusCode, time)
    {
        Body = await response.Content.ReadAsStringAsync(cancellationToken),
        MediaType = response.Content.Headers.ContentType?.MediaType,
        Location = response.Headers.Location?.OriginalString,
        Vary = string.Join(", ", response.Headers.Vary),
        Date = response.Headers.Date,
        Cookies = response.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies.Select(cookie => cookie.Split(';')[0])] : [],
    };

    private static string Words(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "the host's name is not known",
        HttpRequestError.ConnectionError => "nobody takes the connection",
        HttpRequestError.SecureConnectionError => "no safe connection: the certificate or its chain is not trusted, or TLS is too old",
        HttpRequestError.ConfigurationLimitExceeded => "the answer is larger than 1 MiB",
        var other => $"the connection broke ({other})",
    };
}
