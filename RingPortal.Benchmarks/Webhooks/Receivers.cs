using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;

namespace RingPortal.Benchmarks.Webhooks;

/// <summary>Starts the receivers that are compared: the published portal, the baseline, and Kestrel alone.</summary>
internal sealed class Receivers(BenchmarkCluster cluster, string folder)
{
    private const string Password = "benchmark";

    private readonly string _portal = Path.Combine(Repository.Root, "artifacts", "benchmarks", "portal");

    /// <summary>Publishes the portal, once for all runs.</summary>
    public async Task PublishAsync()
    {
        await Server.RunAsync("dotnet", ["publish", "RingPortal.Web", "-c", "Release", "-o", _portal, "-v", "q", "-nologo", "-p:RunAnalyzers=false"], Repository.Root, Nothing);
        await File.WriteAllBytesAsync(Path.Combine(folder, "keys.pfx"), Certificate());
    }

    /// <summary>The published portal in Production on a migrated database of its own.</summary>
    public async Task<Server> StartPortalAsync(string database)
    {
        var port = Server.FreePort();
        var environment = await EnvironmentAsync(database, port);
        var dll = Path.Combine(_portal, "RingPortal.Web.dll");
        await Server.RunAsync("dotnet", [dll, "migrate"], _portal, environment);
        return await Server.StartAsync("dotnet", [dll], _portal, port, environment, async client => (await client.GetAsync("/health/ready")).IsSuccessStatusCode);
    }

    /// <summary>The baseline on a database of its own in the same cluster.</summary>
    public async Task<Server> StartBaselineAsync(string database)
    {
        var express = Path.Combine(Repository.Root, "RingPortal.Benchmarks", "baselines", "express");
        await Server.RunAsync("npm", ["ci", "--no-audit", "--no-fund"], express, Nothing);
        var connection = new NpgsqlConnectionStringBuilder(await cluster.CreateAsync(database));
        var port = Server.FreePort();
        var environment = new Dictionary<string, string>
        {
            ["NODE_ENV"] = "production",
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["HMAC_KEY"] = SignedEvents.Key,
            ["PGHOST"] = connection.Host!,
            ["PGUSER"] = connection.Username!,
            ["PGDATABASE"] = connection.Database!,
        };
        return await Server.StartAsync("node", ["server.js"], express, port, environment, IsThereAsync);
    }

    /// <summary>Kestrel that judges the same request and stores nothing.</summary>
    public static Task<Server> StartKestrelAsync()
    {
        var port = Server.FreePort();
        string[] arguments = [typeof(Receivers).Assembly.Location, KestrelFloor.Command, port.ToString(CultureInfo.InvariantCulture)];
        return Server.StartAsync("dotnet", arguments, AppContext.BaseDirectory, port, Nothing, IsThereAsync);
    }

    private static Dictionary<string, string> Nothing => [];

    private static async Task<bool> IsThereAsync(HttpClient client) =>
        (await client.PostAsync("/ring/webhook", new ByteArrayContent([]))).StatusCode is HttpStatusCode.Unauthorized;

    private async Task<Dictionary<string, string>> EnvironmentAsync(string database, int port) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
        ["ConnectionStrings__Portal"] = await cluster.CreateAsync(database),
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
        ["DataProtection__CertificatePath"] = Path.Combine(folder, "keys.pfx"),
        ["DataProtection__CertificatePassword"] = Password,
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
