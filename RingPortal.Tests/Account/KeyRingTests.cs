using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting.Internal;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Account.KeyRing;

namespace RingPortal.Tests.Account;

public sealed class KeyRingTests : IDisposable
{
    private readonly TestFolder folder = new();

    [Fact]
    [Trait(Tiers.Name, Tiers.Integration)]
    public async Task With_A_Certificate_No_Key_Lies_In_The_Database_In_Clear_And_A_Retired_One_Still_Opens()
    {
        var (first, second) = (Certificate("first.pfx", "pass"), Certificate("second.pfx", "pass"));
        var before = new AccountHost().With("DataProtection:CertificatePath", first).With("DataProtection:CertificatePassword", "pass");
        await before.InitializeAsync();
        using var visitor = new Visitor(before.Address);
        await visitor.SignUpAsync(Visitor.NewEmail());
        var keys = await before.WithContextAsync(context => context.DataProtectionKeys.Select(key => key.Xml!).ToListAsync());
        Assert.Contains("EncryptedData", Assert.Single(keys), StringComparison.Ordinal);
        Assert.DoesNotContain("<value>", keys[0], StringComparison.Ordinal);

        var after = new AccountHost(before.Database).With("DataProtection:CertificatePath", second)
            .With("DataProtection:CertificatePassword", "pass").With("DataProtection:PreviousCertificatePath", first);
        await after.InitializeAsync();
        using var returning = new Visitor(after.Address);
        returning.Cookies.Add(after.Address, new System.Net.Cookie("rp-session", visitor.Session));

        Assert.Equal(System.Net.HttpStatusCode.OK, (await returning.GetAsync("/Account")).StatusCode);
        await after.DisposeAsync();
        await before.DisposeAsync();
    }

    [Fact]
    public void Outside_Development_A_Certificate_Is_Required()
    {
        Assert.Contains("DataProtection__CertificatePath", Failures(new KeyRingOptions(), "Production"), StringComparison.Ordinal);
        Assert.Equal("", Failures(new KeyRingOptions(), "Development"));
        Assert.Equal("", Failures(new KeyRingOptions { CertificatePath = Certificate("good.pfx", "pass"), CertificatePassword = "pass" }, "Production"));
    }

    [Fact]
    public void A_File_That_Cannot_Be_Used_Is_Named_With_Its_Setting()
    {
        var text = folder.Inside("text.pfx");
        File.WriteAllText(text, "no certificate");
        var good = Certificate("locked.pfx", "pass");

        Assert.Contains("does not exist", Failures(new KeyRingOptions { CertificatePath = folder.Inside("none.pfx") }, "Production"), StringComparison.Ordinal);
        Assert.Contains("no PKCS#12", Failures(new KeyRingOptions { CertificatePath = text }, "Production"), StringComparison.Ordinal);
        Assert.Contains("CertificatePassword", Failures(new KeyRingOptions { CertificatePath = good, CertificatePassword = "other" }, "Production"), StringComparison.Ordinal);
        Assert.StartsWith("DataProtection__PreviousCertificatePath", Failures(new KeyRingOptions { PreviousCertificatePath = text }, "Development"), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static string Failures(KeyRingOptions options, string environment) =>
        new KeyRingOptionsValidator(new HostingEnvironment { EnvironmentName = environment }).Validate(null, options).FailureMessage ?? "";

    private string Certificate(string name, string password)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=keyring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        var path = folder.Inside(name);
        File.WriteAllBytes(path, certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Default, password));
        return path;
    }
}
