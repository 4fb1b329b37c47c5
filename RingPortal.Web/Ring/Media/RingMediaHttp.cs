using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace RingPortal.Web.Ring.Media;

/// <summary>
/// The two ways to the network: home to Ring's API, and away to where it redirects. Both follow nothing by themselves and
/// know no cookies. Away, a name is resolved once, all its addresses are looked at, and the connection goes to one of them:
/// a name that means something else a moment later leads nowhere.
/// </summary>
internal sealed class RingMediaHttp : IDisposable
{
    private static readonly TimeSpan s_connect = TimeSpan.FromSeconds(5);

    private readonly RingNames _names;
    private readonly IOptionsMonitor<RingOptions> _options;
    private readonly HttpMessageInvoker _home;
    private readonly HttpMessageInvoker _away;

    public RingMediaHttp(RingNames names, IOptionsMonitor<RingOptions> options)
    {
        (_names, _options) = (names, options);
        _home = new HttpMessageInvoker(Handler());
        var away = Handler();
        // A proxy would look names up itself, and answer for addresses that we have not seen.
        away.UseProxy = false;
        away.ConnectCallback = ConnectAsync;
        _away = new HttpMessageInvoker(away);
    }

    /// <summary>Sends, and returns when the head of the answer is there.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, bool home, CancellationToken cancellationToken) =>
        (home ? _home : _away).SendAsync(message, cancellationToken);

    public void Dispose()
    {
        _home.Dispose();
        _away.Dispose();
    }

    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = s_connect,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        MaxResponseHeadersLength = 32,
        // What is left of an answer that is not wanted is not read to save a connection.
        MaxResponseDrainSize = 0,
        // No header of ours goes to strangers, and no trace names a signed address.
        ActivityHeadersPropagator = null,
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await _names.Resolve(context.DnsEndPoint.Host, cancellationToken);
        var isLocal = new RingMediaHosts(_options.CurrentValue).IsLocal;
        if (addresses.Length == 0 || !addresses.All(address => PublicAddress.Is(address) || (isLocal && IPAddress.IsLoopback(address))))
        {
            throw new RingMediaAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name that leads to this machine, its neighbours or nowhere.</summary>
internal sealed class RingMediaAddressException() : IOException("The name leads to an address that is not public.");
