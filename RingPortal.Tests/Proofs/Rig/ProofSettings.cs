using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Hosting.Embedded;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>
/// The settings that all instances of a proof share, as a production behind a TLS proxy has them. The keys are made for
/// one run and open nothing else.
/// </summary>
internal static class ProofSettings
{
    /// <summary>Ring's key: K1 of contract 4.5. It looks like Base64 and is text.</summary>
    public const string HmacKey = "Y29udHJhY3QtZGVtby1rZXktMzItYnl0ZXMtbG9uZyE=";

    /// <summary>The key before.</summary>
    public const string PreviousHmacKey = "Schlüssel für Ring №2 🔑";

    public const string ClientId = "proof-client";

    public const string ClientSecret = "proof-client-secret";

    private const string CertificatePassword = "proof";

    /// <summary>Nobody listens there: a call to Ring that a proof did not plan fails at once.</summary>
    private const string Nowhere = "http://127.0.0.1:9";

    /// <param name="cluster">The database.</param>
    /// <param name="databasePort">Port of a proxy before the database; null for the database's own.</param>
    /// <param name="ring">Ring, or nobody.</param>
    /// <param name="home">Takes the certificate.</param>
    public static Dictionary<string, string> Make(ProofCluster cluster, int? databasePort, Uri? ring, TestFolder home)
    {
        var certificate = home.Inside("keys.pfx");
        File.WriteAllBytes(certificate, Certificate());
        var origin = ring?.GetLeftPart(UriPartial.Authority) ?? Nowhere;
        return new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ConnectionStrings__Portal"] = cluster.ConnectionString(EmbeddedRoles.Portal, databasePort),
            ["ConnectionStrings__Migrator"] = cluster.ConnectionString(EmbeddedRoles.Migrator),
            ["Portal__PublicUrl"] = "https://portal.example.com",
            ["Portal__SupportEmail"] = "help@example.com",
            ["Network__KnownProxies"] = "127.0.0.1",
            ["Ring__ClientId"] = ClientId,
            ["Ring__ClientSecret"] = ClientSecret,
            ["Ring__HmacKey"] = HmacKey,
            ["Ring__PreviousHmacKey"] = PreviousHmacKey,
            ["Ring__ApiBaseUrl"] = origin,
            ["Ring__OAuthTokenUrl"] = $"{origin}/oauth/token",
            ["Vault__Keys__0"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Audit__SealKeys__0"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["DataProtection__CertificatePath"] = certificate,
            ["DataProtection__CertificatePassword"] = CertificatePassword,
            ["Smtp__Host"] = "127.0.0.1",
            ["Smtp__Security"] = "None",
            ["Smtp__From"] = "portal@example.com",
        };
    }

    private static byte[] Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=ringportal-keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(5));
        return certificate.Export(X509ContentType.Pkcs12, CertificatePassword);
    }
}
