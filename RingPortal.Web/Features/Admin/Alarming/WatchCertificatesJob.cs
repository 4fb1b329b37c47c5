using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hangfire;
using Microsoft.Extensions.Options;
using RingPortal.Data.Admin;
using RingPortal.Web.Account.KeyRing;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Admin.Alarming;

/// <summary>Each hour: when the certificate that Ring sees and the one of the cookies end, and how old the keys are.</summary>
[AutomaticRetry(Attempts = 0)]
internal sealed partial class WatchCertificatesJob(
    WatchAlarmsJob alarms, KeyAges keys, IOptions<PortalOptions> portal, IOptions<KeyRingOptions> cookies, Texts texts, TimeProvider clock, ILogger<WatchCertificatesJob> logger)
{
    private static readonly TimeSpan s_warning = TimeSpan.FromDays(30);
    private static readonly TimeSpan s_critical = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_oldKey = TimeSpan.FromDays(365);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Runs once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var findings = new List<AlarmFinding>();
        if (portal.Value is { IsHttps: true, PublicUrl: { } url } && await PublicEndAsync(url, cancellationToken) is { } end)
        {
            findings.Add(Ends(AlarmCauses.Certificate, end, url.Host));
        }

        if (cookies.Value.CertificatePath is { Length: > 0 } path && KeyRingCertificate.Load(path, cookies.Value.CertificatePassword).Certificate is { } certificate)
        {
            findings.Add(Ends(AlarmCauses.CookieCertificate, certificate.NotAfter, path));
            certificate.Dispose();
        }

        foreach (var key in await keys.ReadAsync(cancellationToken))
        {
            findings.Add(clock.GetUtcNow() - key.Since < s_oldKey ? AlarmFinding.Fine(key.Alarm) : new AlarmFinding(key.Alarm, new AlarmWords(
                texts.Format("admin.alarm.key.age.title", ("id", key.Id), ("n", (int)(clock.GetUtcNow() - key.Since).TotalDays)), texts["admin.alarm.key.age.body"])));
        }

        await alarms.SettleAsync(findings, cancellationToken);
    }

    private AlarmFinding Ends(string cause, DateTimeOffset end, string of)
    {
        var left = end - clock.GetUtcNow();
        return left > s_warning ? AlarmFinding.Fine(cause) : new AlarmFinding(
            cause,
            new AlarmWords(
                texts.Format($"admin.alarm.{cause}.title", ("host", of), ("Date", end.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture))),
                texts[$"admin.alarm.{cause}.body"]),
            left > s_critical ? AlarmLevel.Warning : AlarmLevel.Critical);
    }

    /// <summary>Asks the public address as Ring would; only the end of its certificate counts here.</summary>
    private async Task<DateTimeOffset?> PublicEndAsync(Uri url, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(url.DnsSafeHost, url.Port, patience.Token);
            DateTimeOffset? end = null;
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = url.DnsSafeHost,
                    RemoteCertificateValidationCallback = (_, certificate, _, _) => (end = (certificate as X509Certificate2)?.NotAfter) is not null,
                },
                patience.Token);
            return end;
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException or CryptographicException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Log.NotSeen(logger, url.Host, exception);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The certificate of {Host} could not be looked at")]
        public static partial void NotSeen(ILogger logger, string host, Exception exception);
    }
}
