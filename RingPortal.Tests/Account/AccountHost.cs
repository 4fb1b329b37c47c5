using Microsoft.AspNetCore.Builder;
using RingPortal.Data;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Account;

/// <summary>A portal of its own for one test class, or a second instance on another's database.</summary>
public class AccountHost : IAsyncLifetime
{
    private readonly bool ownsDatabase;
    private readonly Dictionary<string, string?> settings = [];
    private PortalHost? portal;

    public AccountHost() => ownsDatabase = true;

    internal AccountHost(TestDatabase database) => Database = database;

    public TestDatabase Database { get; private set; } = null!;

    public Uri Address => Portal.BaseAddress;

    public LogCapture Logs => Portal.Logs;

    public IServiceProvider Services => Portal.Services;

    public string MailFolder => Portal.MailFolder;

    private PortalHost Portal => portal ?? throw new InvalidOperationException("The portal is not started.");

    public AccountHost With(string key, string value)
    {
        settings[key] = value;
        return this;
    }

    public async Task InitializeAsync()
    {
        if (ownsDatabase)
        {
            Database = await TestDatabase.CreateAsync();
        }

        portal = await PortalHost.StartAsync(Database, settings: settings, configure: Configure);
    }

    public async Task<T> WithContextAsync<T>(Func<RingPortalContext, Task<T>> work)
    {
        await using var context = Database.CreateContext();
        return await work(context);
    }

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        if (ownsDatabase)
        {
            await Database.DisposeAsync();
        }
    }

    protected virtual void Configure(WebApplicationBuilder builder)
    {
    }
}
