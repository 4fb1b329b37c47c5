using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Certification.Outside;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>The safe connection itself: its TLS version, whether the certificate is trusted for this name, and how long it lives.</summary>
internal sealed class TlsCheck(IOptions<PortalOptions> portal, ProbeTrust trust, TimeProvider clock) : ICertificationCheck
{
    /// <summary>A review takes days, and a publish may follow; a renewal that runs late is seen by then.</summary>
    private static readonly TimeSpan s_life = TimeSpan.FromDays(14);

    public string Item => "before.https";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        var address = portal.Value.Address("/");
        if (!portal.Value.IsHttps)
        {
            return CheckFinding.NotApplicable($"There is no TLS here: the public address is {address.GetLeftPart(UriPartial.Authority)}. This is neither passed nor failed");
        }

        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(address.IdnHost, address.Port, cancellationToken);
            return await ShakeHandsAsync(socket, address, cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or AuthenticationException or IOException)
        {
            return CheckFinding.Failed($"No TLS connection to {address.Authority}: {exception.Message}");
        }
    }

    private async Task<CheckFinding> ShakeHandsAsync(TcpClient socket, Uri address, CancellationToken cancellationToken)
    {
        var errors = SslPolicyErrors.None;
        await using var stream = new SslStream(socket.GetStream());
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = address.IdnHost,
            CertificateChainPolicy = trust.Policy,
            // Nothing is sent over this connection: it is looked at, with all that is wrong with it, and closed.
            RemoteCertificateValidationCallback = (_, shown, _, found) =>
            {
                errors = found;
                return shown is not null;
            },
        };
        await stream.AuthenticateAsClientAsync(options, cancellationToken);
        using var certificate = new X509Certificate2(stream.RemoteCertificate!);
        return Judge(stream.SslProtocol, errors, certificate.NotAfter.ToUniversalTime());
    }

    private CheckFinding Judge(SslProtocols protocol, SslPolicyErrors errors, DateTime end)
    {
        var left = end - clock.GetUtcNow().UtcDateTime;
        var until = end.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        string?[] wrong =
        [
            protocol is SslProtocols.Tls12 or SslProtocols.Tls13 ? null : $"the connection is {protocol}; Ring wants TLS 1.2 or newer",
            errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? "the certificate is for another name" : null,
            errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? "the certificate is not trusted: its chain is not complete, or its end has come" : null,
            left < s_life ? $"the certificate ends on {until}; it should live 14 days at least" : null,
        ];
        return CheckFinding.Of(wrong, string.Create(CultureInfo.InvariantCulture, $"{protocol}, trusted for this name, the certificate ends on {until} ({left.TotalDays:0} days)"));
    }
}
