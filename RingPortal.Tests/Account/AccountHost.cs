using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RingPortal.Data;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Account;

/// <summary>The whole portal on real HTTP and a database of its own, with the edges that tests of accounts need.</summary>
public class AccountHost : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private readonly bool ownsDatabase = true;
    private readonly Dictionary<string, string?> settings = [];
    private WebApplication app = null!;

    public AccountHost()
    {
    }

    /// <summary>A second instance on the database of another.</summary>
    internal AccountHost(TestDatabase database) => (Database, ownsDatabase) = (database, false);

    public TestDatabase Database { get; private set; } = null!;

    public LogCapture Logs { get; } = new();

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => app.Services;

    public string MailFolder => folder.Inside("mail");

    protected virtual Action<IServiceCollection> Replace => _ => { };

    public AccountHost With(string key, string value)
    {
        settings[key] = value;
        return this;
    }

    public virtual async Task InitializeAsync()
    {
        if (ownsDatabase)
        {
            Database = await TestDatabase.CreateAsync();
        }

        app = Build();
        await app.StartAsync();
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async Task<T> WithContextAsync<T>(Func<RingPortalContext, Task<T>> work)
    {
        await using var context = Database.CreateContext();
        return await work(context);
    }

    public virtual async Task DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (ownsDatabase)
        {
            await Database.DisposeAsync();
        }

        folder.Dispose();
    }

    private WebApplication Build()
    {
        var builder = PortalApplication.CreateBuilder(["--environment=Development"]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Portal"] = Database.AppConnectionString,
            ["ConnectionStrings:Migrator"] = Database.MigratorConnectionString,
            ["Portal:PublicUrl"] = "http://localhost:5180",
            ["Embedded:DataPath"] = folder.Path,
            ["Smtp:Folder"] = MailFolder,
            ["Ring:ClientId"] = "client",
            ["Ring:ClientSecret"] = "client-secret",
            ["Ring:HmacKey"] = "hmac-key",
            ["Ring:ApiBaseUrl"] = "http://127.0.0.1:9",
            ["Ring:OAuthTokenUrl"] = "http://127.0.0.1:9/oauth/token",
            ["Vault:Keys:0"] = Convert.ToBase64String(new byte[32]),
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(Logs);
        builder.AddPortal();
        Replace(builder.Services);
        var built = builder.Build();
        built.UsePortal();
        return built;
    }
}
