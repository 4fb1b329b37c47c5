using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Admin.Alarming;

namespace RingPortal.Tests.Admin.Alarming;

/// <summary>Certificates that end and keys that have grown old are told before anybody is locked out.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class EndingKeysTests(AlarmWorld world) : IClassFixture<AlarmWorld>
{
    [Fact]
    public async Task The_Certificate_That_Ring_Sees_Is_Told_Of_Thirty_And_Seven_Days_Before_Its_End_Until_It_Is_Renewed()
    {
        await using var front = await Front.StartAsync();
        var portal = world.Compose(more: ("Portal:PublicUrl", front.Address));

        front.Days = 20;
        Assert.StartsWith("Warning: ", await LookAsync(portal, "certificate.public"), StringComparison.Ordinal);
        front.Days = 5;
        Assert.StartsWith("Critical: ", await LookAsync(portal, "certificate.public"), StringComparison.Ordinal);
        front.Days = -1;
        Assert.StartsWith("Critical: ", await LookAsync(portal, "certificate.public"), StringComparison.Ordinal);
        front.Days = 89;
        Assert.Null(await LookAsync(portal, "certificate.public"));
    }

    [Fact]
    public async Task So_Is_The_Certificate_That_Protects_The_Cookies()
    {
        using var folder = new TestFolder();
        var path = folder.Inside("keys.pfx");
        Write(path, 20);
        var portal = world.Compose(more: [("DataProtection:CertificatePath", path), ("DataProtection:CertificatePassword", "for a test")]);

        Assert.StartsWith("Warning: ", await LookAsync(portal, "certificate.cookies"), StringComparison.Ordinal);
        Write(path, 3);
        Assert.StartsWith("Critical: ", await LookAsync(portal, "certificate.cookies"), StringComparison.Ordinal);
        Write(path, 365);
        Assert.Null(await LookAsync(portal, "certificate.cookies"));
    }

    [Theory]
    [InlineData("vault")]
    [InlineData("audit")]
    public async Task A_Key_That_Has_Been_In_Use_For_A_Year_Is_Told_Of_Until_Another_Is_Used(string kind)
    {
        Assert.Null(await LookAsync(null, $"key.age.{kind}"));
        await world.Database.ExecuteAsync($"UPDATE service_marks SET at = at - interval '364 days' WHERE name LIKE 'key {kind} %'");
        Assert.Null(await LookAsync(null, $"key.age.{kind}"));
        await world.Database.ExecuteAsync($"UPDATE service_marks SET at = at - interval '2 days' WHERE name LIKE 'key {kind} %'");
        var told = await LookAsync(null, $"key.age.{kind}");

        Assert.StartsWith("Warning: ", told, StringComparison.Ordinal);
        Assert.Contains("366 days", told, StringComparison.Ordinal);
        var setting = kind == "vault" ? "Vault:Keys:0" : "Audit:SealKeys:0";
        var renewed = world.Compose(more: (setting, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
        Assert.Null(await LookAsync(renewed, $"key.age.{kind}"));
    }

    private async Task<string?> LookAsync(PortalHost? portal, string alarm)
    {
        await world.RunAsync<WatchCertificatesJob>(job => job.RunAsync(CancellationToken.None), portal);
        return await world.OpenAsync(alarm);
    }

    private static void Write(string path, int days)
    {
        using var certificate = Certificate(days);
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, "for a test"));
    }

    private static X509Certificate2 Certificate(int days)
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddYears(-1), now.AddDays(days).AddHours(1));
    }

    /// <summary>What stands before the portal and has the certificate.</summary>
    private sealed class Front(WebApplication server) : IAsyncDisposable
    {
        public int Days { get; set; }

        public string Address => server.Urls.Single();

        public static async Task<Front> StartAsync()
        {
            Front? front = null;
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(
                IPAddress.Loopback, FreePort.Take(), listen => listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => Certificate(front!.Days))));
            front = new Front(builder.Build());
            await front.Begin();
            return front;
        }

        public ValueTask DisposeAsync() => server.DisposeAsync();

        private Task Begin() => server.StartAsync();
    }
}
