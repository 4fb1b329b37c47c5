using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Web.Hosting.Setup;

/// <summary>
/// <c>init FOLDER ORIGIN</c>: makes what a production needs and nobody else can make: keys, the certificate of the key ring,
/// the passwords of the database, and the environment file with every setting. Overwrites nothing.
/// </summary>
internal sealed class InitCommand(TimeProvider clock, TextWriter output)
{
    private const string Usage = "Give a folder and the address that Ring will know: RingPortal.Web init deploy https://portal.example.com";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Made once and renewed by hand: it protects cookies only, and an old one stays readable (docs/operations.md).</summary>
    private const int CertificateYears = 10;

    /// <summary>What docker-compose.yml sets itself, from the passwords beside.</summary>
    private static readonly HashSet<string> s_composed = ["ConnectionStrings__Portal", "ConnectionStrings__Migrator", "ASPNETCORE_URLS", "Management__Urls", "Embedded__DataPath", "Embedded__BinDir", "Smtp__Folder"];

    /// <exception cref="StartUpException">The arguments are not right, or something is there already.</exception>
    public void Run(string[] args)
    {
        if (args is not [var folder, var address])
        {
            throw new StartUpException(Usage);
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var origin) || origin.Scheme != Uri.UriSchemeHttps || origin.PathAndQuery != "/")
        {
            throw new StartUpException($"\"{address}\" is no HTTPS origin. {Usage}");
        }

        var (settings, database, certificate) = (Path.Combine(folder, "portal.env"), Path.Combine(folder, "database.env"), Path.Combine(folder, "keys", "dataprotection.pfx"));
        foreach (var file in new[] { settings, database, certificate }.Where(File.Exists))
        {
            throw new StartUpException($"{file} is there already and is not overwritten; nothing was made. Move it away first if it is not needed.");
        }

        var password = Secret(24);
        Directory.CreateDirectory(Path.GetDirectoryName(certificate)!);
        Keep(certificate, Certificate(password));
        Keep(settings, System.Text.Encoding.UTF8.GetBytes(SettingsFile.Write(Values(origin, password), s_composed)));
        Keep(database, System.Text.Encoding.UTF8.GetBytes(Passwords()));
        output.WriteLine($"Made {settings}, {database} and {certificate}.");
        output.WriteLine("Next: fill in what Ring gave you and the mail server, let the portal's account read the certificate, and keep a copy of all three away from the database: without the vault's keys its tokens are lost.");
    }

    private static Dictionary<string, string> Values(Uri origin, string certificatePassword) => new()
    {
        ["Portal__PublicUrl"] = origin.GetLeftPart(UriPartial.Authority),
        ["Vault__Keys__0"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["Audit__SealKeys__0"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["DataProtection__CertificatePath"] = "/keys/dataprotection.pfx",
        ["DataProtection__CertificatePassword"] = certificatePassword,
    };

    private static string Passwords() => string.Join('\n',
        "# Passwords of the database, for: docker compose --env-file deploy/database.env up -d",
        $"POSTGRES_PASSWORD={Secret(24)}",
        $"PORTAL_PASSWORD={Secret(24)}",
        $"MIGRATOR_PASSWORD={Secret(24)}",
        $"REPLICATION_PASSWORD={Secret(24)}",
        "");

    /// <summary>Hexadecimal: it needs no quoting in files, addresses and connection strings.</summary>
    private static string Secret(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));

    private byte[] Certificate(string password)
    {
        using var key = RSA.Create(3072);
        var request = new CertificateRequest("CN=ringportal-keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = clock.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(CertificateYears));
        return certificate.Export(X509ContentType.Pkcs12, password);
    }

    private static void Keep(string path, byte[] content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Private;
        }

        using var file = new FileStream(path, options);
        file.Write(content);
    }
}
