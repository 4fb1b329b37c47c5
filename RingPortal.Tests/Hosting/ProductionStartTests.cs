using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Hosting;

/// <summary>The built portal in Production behind a proxy: checked, migrated, served, with the cookies and headers of a real site.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class ProductionStartTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private OwnCluster _cluster = null!;

    // With fsync: outside Development a portal refuses a database without it.
    public async Task InitializeAsync() => _cluster = await OwnCluster.StartAsync(fast: false);

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_Checks_Migrates_And_Serves_Behind_Its_Proxy()
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Take()}/"));
        var settings = Settings(address);
        foreach (var command in new[] { "check", "migrate" })
        {
            await using var process = PortalProcess.Start(settings, arguments: command);
            Assert.True(await process.ExitAsync(TimeSpan.FromSeconds(120)) == 0, $"{command}: {process.Errors}{process.Output}");
        }

        await using var portal = PortalProcess.Start(settings);
        await portal.ReadyAsync(address, TimeSpan.FromSeconds(120));
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };

        var time = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        using var arrival = await SendAsync(client, $"/ring/link?nonce=oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE&time={time}");
        Assert.Equal(HttpStatusCode.SeeOther, arrival.StatusCode);
        var cookie = arrival.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-rp-link=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("max-age=", arrival.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);

        using var config = await SendAsync(client, "/ring/config");
        Assert.Contains("https://portal.example.com/ring/link", await config.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var dependencies = await SendAsync(client, "/health/deps");
        Assert.Equal(HttpStatusCode.NotFound, dependencies.StatusCode);
        Assert.DoesNotContain(settings["Ring__ClientSecret"], portal.Output + portal.Errors, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "portal.example.com");
        return client.SendAsync(request);
    }

    private Dictionary<string, string> Settings(Uri address)
    {
        var certificate = _folder.Inside("keys.pfx");
        File.WriteAllBytes(certificate, Certificate("certificate password"));
        return new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority),
            ["ConnectionStrings__Portal"] = _cluster.PortalConnectionString,
            ["ConnectionStrings__Migrator"] = _cluster.MigratorConnectionString,
            ["Portal__PublicUrl"] = "https://portal.example.com",
            ["Portal__SupportEmail"] = "help@example.com",
            ["Network__KnownProxies"] = "127.0.0.1",
            ["Ring__ClientId"] = "client",
            ["Ring__ClientSecret"] = "canary-client-secret",
            ["Ring__HmacKey"] = "canary-hmac-key",
            ["Vault__Keys__0"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Audit__SealKeys__0"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["DataProtection__CertificatePath"] = certificate,
            ["DataProtection__CertificatePassword"] = "certificate password",
            ["Smtp__Host"] = "127.0.0.1",
            ["Smtp__From"] = "portal@example.com",
        };
    }

    private static byte[] Certificate(string password)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=ringportal-keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(5));
        return certificate.Export(X509ContentType.Pkcs12, password);
    }
}
