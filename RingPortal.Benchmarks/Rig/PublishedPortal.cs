using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RingPortal.Benchmarks.Rig;

/// <summary>The published portal in Production on a migrated database of its own, with as many instances as are started.</summary>
internal sealed class PublishedPortal
{
    private const string Password = "benchmark";

    private static readonly string s_published = Path.Combine(Repository.Root, "artifacts", "benchmarks", "portal");
    private static readonly string s_program = Path.Combine(s_published, "RingPortal.Web.dll");
    private static readonly Lazy<Task> s_publishing = new(PublishAsync);

    private readonly IReadOnlyDictionary<string, string> _settings;

    private PublishedPortal(string database, IReadOnlyDictionary<string, string> settings) => (Database, _settings) = (database, settings);

    /// <summary>Name of its database.</summary>
    public string Database { get; }

    /// <summary>Makes the database; nothing is started. All benchmarks of one run share what was published.</summary>
    public static async Task<PublishedPortal> InstallAsync(BenchmarkCluster cluster, string folder, string database, IReadOnlyDictionary<string, string>? more = null)
    {
        await s_publishing.Value;
        var certificate = CertificatePath(folder);
        if (!File.Exists(certificate))
        {
            await File.WriteAllBytesAsync(certificate, Certificate());
        }

        var settings = Settings(cluster, await cluster.CreateAsync(database), database, certificate);
        foreach (var (name, value) in more ?? new Dictionary<string, string>())
        {
            settings[name] = value;
        }

        await Server.RunAsync("dotnet", [s_program, "migrate"], s_published, settings);
        return new PublishedPortal(database, settings);
    }

    /// <summary>Starts an instance for Ring and, where a port is given, for browsers: by https on <c>localhost</c>.</summary>
    public Task<Server> StartAsync(int? browsers = null)
    {
        var port = Server.FreePort();
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        var settings = new Dictionary<string, string>(_settings) { ["ASPNETCORE_URLS"] = address };
        if (browsers is { } secure)
        {
            var origin = string.Create(CultureInfo.InvariantCulture, $"https://localhost:{secure}");
            (settings["ASPNETCORE_URLS"], settings["Portal__PublicUrl"]) = ($"{address};{origin}", origin);
        }

        return Server.StartAsync("dotnet", [s_program], s_published, port, settings, async client => (await client.GetAsync("/health/ready")).IsSuccessStatusCode);
    }

    /// <summary>By which a browser can be told to trust the certificate: what it does not trust it does not keep in its cache either.</summary>
    public static string KeyHash(string folder)
    {
        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(CertificatePath(folder), Password);
        return Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
    }

    private static string CertificatePath(string folder) => Path.Combine(folder, "keys.pfx");

    private static Task PublishAsync() =>
        Server.RunAsync("dotnet", ["publish", "RingPortal.Web", "-c", "Release", "-o", s_published, "-v", "q", "-nologo", "-p:RunAnalyzers=false"], Repository.Root, new Dictionary<string, string>());

    private static Dictionary<string, string> Settings(BenchmarkCluster cluster, string connection, string database, string certificate) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ConnectionStrings__Portal"] = connection,
        ["ConnectionStrings__Migrator"] = cluster.MigratorConnectionString(database),
        ["Portal__PublicUrl"] = "https://portal.example.com",
        ["Portal__SupportEmail"] = "help@example.com",
        ["Network__KnownProxies"] = "127.0.0.1",
        ["Ring__ClientId"] = "client",
        ["Ring__ClientSecret"] = "secret",
        ["Ring__HmacKey"] = SignedEvents.Key,
        ["Ring__ApiBaseUrl"] = "http://127.0.0.1:9",
        ["Ring__OAuthTokenUrl"] = "http://127.0.0.1:9/oauth/token",
        ["Vault__Keys__0"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["Audit__SealKeys__0"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["DataProtection__CertificatePath"] = certificate,
        ["DataProtection__CertificatePassword"] = Password,
        ["Kestrel__Certificates__Default__Path"] = certificate,
        ["Kestrel__Certificates__Default__Password"] = Password,
        ["Smtp__Host"] = "127.0.0.1",
        ["Smtp__From"] = "portal@example.com",
    };

    private static byte[] Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=ringportal-benchmark", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        return certificate.Export(X509ContentType.Pkcs12, Password);
    }
}
