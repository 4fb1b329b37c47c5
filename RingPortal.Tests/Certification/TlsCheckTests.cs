using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RingPortal.Data.Certification;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Certification.Checks;
using RingPortal.Web.Features.Certification.Outside;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Certification;

/// <summary>Real handshakes with certificates of every kind of trouble.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class TlsCheckTests
{
    [Theory]
    [InlineData("localhost", 90, true, CheckOutcome.Passed, "trusted for this name")]
    [InlineData("localhost", 5, true, CheckOutcome.Failed, "should live 14 days")]
    [InlineData("another.example.com", 90, true, CheckOutcome.Failed, "for another name")]
    [InlineData("localhost", 90, false, CheckOutcome.Failed, "not trusted")]
    public async Task A_Certificate_Is_Judged_By_Name_Life_And_Trust(string name, int days, bool isTrusted, CheckOutcome outcome, string words)
    {
        using var certificate = Certificate(name, days);
        var port = FreePort.Take();
        await using var server = await StartAsync(certificate, port);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(certificate);

        var finding = await Check(Address(port), isTrusted ? policy : null).RunAsync(CancellationToken.None);

        Assert.True(finding.Outcome == outcome, finding.Evidence);
        Assert.Contains(words, finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_Address_Without_Tls_Behind_It_Does_Not_Pass()
    {
        var finding = await Check(Address(FreePort.Take()), null).RunAsync(CancellationToken.None);

        Assert.Equal(CheckOutcome.Failed, finding.Outcome);
        Assert.Contains("No TLS connection", finding.Evidence, StringComparison.Ordinal);
    }

    private static string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"https://localhost:{port}");

    private static TlsCheck Check(string address, X509ChainPolicy? policy) =>
        new(Options.Create(new PortalOptions { PublicUrl = new Uri(address) }), new ProbeTrust(policy), TimeProvider.System);

    private static async Task<WebApplication> StartAsync(X509Certificate2 certificate, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.UseHttps(certificate)));
        var server = builder.Build();
        await server.StartAsync();
        return server;
    }

    private static X509Certificate2 Certificate(string name, int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(days));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
