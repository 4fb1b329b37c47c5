using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Deployment;

/// <summary>nginx with the configuration of <c>deploy/nginx</c>, on ports and in a folder of this test; nothing else in it differs.</summary>
internal sealed class NginxProxy : IAsyncDisposable
{
    public const string Host = "portal.example.com";

    private readonly TestFolder _folder = new();
    private readonly int _port = FreePort.Take();
    private readonly int _plainPort = FreePort.Take();
    private readonly X509Certificate2 _certificate;
    private readonly ProofProcess _process;

    private NginxProxy(string program, IReadOnlyList<Uri> portals)
    {
        _certificate = Certificate();
        File.WriteAllText(_folder.Inside("fullchain.pem"), _certificate.ExportCertificatePem());
        File.WriteAllText(_folder.Inside("privkey.pem"), _certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.Copy(Path.Combine(Repository.Root, "RingPortal.Web", "wwwroot", "503.html"), _folder.Inside("503.html"));
        Place("upstreams.conf", [.. portals.Select((portal, number) => (string.Create(CultureInfo.InvariantCulture, $"portal-{number + 1}:8080"), portal.Authority))]);
        Place("ringportal.conf",
            ("listen 443 ssl", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{_port} ssl")),
            ("listen 80 ", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{_plainPort} ")),
            ("/etc/nginx/tls", _folder.Path),
            ("/usr/share/nginx/ringportal", _folder.Path),
            ("/var/log/nginx", _folder.Path));
        File.WriteAllText(_folder.Inside("nginx.conf"), Frame());
        _process = ProofProcess.Start(new ProofCommand(program, ["-p", _folder.Path, "-c", _folder.Inside("nginx.conf"), "-e", _folder.Inside("error.log")], _folder.Inside("output.log")));
    }

    public string AccessLog => File.ReadAllText(_folder.Inside("access.log"));

    public string ErrorLog => File.ReadAllText(_folder.Inside("error.log"));

    public static async Task<NginxProxy> StartAsync(IReadOnlyList<Uri> portals)
    {
        var program = InstalledProgram.Find("nginx", "nginx");
        var proxy = new NginxProxy(program, portals);
        using var client = proxy.Open();
        await Eventually.TrueAsync(
            async () =>
            {
                Assert.False(proxy._process.HasExited, proxy.Told("output.log") + proxy.Told("error.log"));
                return await AnswersAsync(client);
            },
            TimeSpan.FromSeconds(20), "nginx answers");
        return proxy;
    }

    /// <summary>What it wrote there; it may not have begun.</summary>
    private string Told(string file) => File.Exists(_folder.Inside(file)) ? File.ReadAllText(_folder.Inside(file)) : "";

    /// <summary>A browser on an address of its own, with a store of cookies.</summary>
    public HttpClient Open(string from = "127.0.0.1", CookieContainer? cookies = null) => new(Handler(from, cookies)) { BaseAddress = new Uri($"https://{Host}/") };

    /// <summary>Where it connects to, whatever the name.</summary>
    public SocketsHttpHandler Handler(string from = "127.0.0.1", CookieContainer? cookies = null) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = cookies is not null,
        CookieContainer = cookies ?? new CookieContainer(),
        ConnectCallback = (context, token) => ConnectAsync(from, context.DnsEndPoint.Port == 80 ? _plainPort : _port, token),
        SslOptions = new() { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.GetCertHashString() },
    };

    public static async ValueTask<Stream> ConnectAsync(string from, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>A connection for what no HTTP client would send.</summary>
    public async Task<SslStream> ConnectSecurelyAsync()
    {
        var secure = new SslStream(await ConnectAsync("127.0.0.1", _port, CancellationToken.None), leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.GetCertHashString());
        await secure.AuthenticateAsClientAsync(Host);
        return secure;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _certificate.Dispose();
        _folder.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/live");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Place(string name, params IReadOnlyList<(string From, string To)> changes)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "nginx", name));
        foreach (var (from, to) in changes)
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        File.WriteAllText(_folder.Inside(name), text);
    }

    /// <summary>What the image's own nginx.conf does around ours; one process, so that it ends with the test.</summary>
    private string Frame() =>
        $$"""
        daemon off;
        master_process off;
        pid {{_folder.Inside("nginx.pid")}};
        error_log {{_folder.Inside("error.log")}} info;
        events { }
        http {
            types { text/html html; }
            client_body_temp_path {{_folder.Inside("body")}};
            proxy_temp_path {{_folder.Inside("proxy")}};
            fastcgi_temp_path {{_folder.Inside("fastcgi")}};
            uwsgi_temp_path {{_folder.Inside("uwsgi")}};
            scgi_temp_path {{_folder.Inside("scgi")}};
            include {{_folder.Inside("upstreams.conf")}};
            include {{_folder.Inside("ringportal.conf")}};
        }
        """;

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
