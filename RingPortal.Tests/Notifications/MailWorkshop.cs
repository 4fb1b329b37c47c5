using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using RingPortal.Data;
using RingPortal.Data.Notifications;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Features.Notifications;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Tests.Notifications;

/// <summary>The notifications feature on a database of its own; the clock and what lies behind the mail server are the test's.</summary>
public sealed class MailWorkshop : IAsyncLifetime
{
    private ServiceProvider services = null!;

    public TestDatabase Database { get; private set; } = null!;

    public RecordingTransport Transport { get; } = new();

    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public LogCapture Logs { get; } = new();

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Portal"] = Database.AppConnectionString,
            ["Portal:PublicUrl"] = "https://portal.example.com",
            ["Portal:SupportEmail"] = "help@example.com",
            ["Vault:Keys:0"] = Convert.ToBase64String(new byte[32]),
        }).Build();
        services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Logs))
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = "Development" })
            .Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
            .Configure<PortalOptions>(configuration.GetSection(PortalOptions.Section))
            .Configure<VaultOptions>(configuration.GetSection(VaultOptions.Section))
            .AddSingleton<PortalDataSources>().AddScoped<DatabasePool>()
            .AddDbContext<RingPortalContext>((provider, options) => options.UsePortalDatabase(provider.GetRequiredService<DatabasePool>().Source))
            .AddSingleton<TimeProvider>(Clock).AddSingleton<TokenVault>().AddSingleton<Texts>().AddSingleton<Alarms>()
            .AddNotifications(configuration)
            .AddSingleton<IMailTransport>(Transport)
            .BuildServiceProvider();
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>One run of the job, as one worker of one instance would do it.</summary>
    public async Task RunAsync()
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SendEmailJob>().RunAsync(CancellationToken.None);
    }

    public async Task<Guid> WriteAsync(string to = "anna@example.org", TimeSpan? lifetime = null)
    {
        await using var context = Database.CreateContext();
        Get<Outbox>().Add(context, null, MailKind.Confirm, new MailMessage(to, "Subject", "Text", "<p>Html</p>"), lifetime);
        var id = context.ChangeTracker.Entries<OutboxEmail>().Single().Entity.Id;
        await context.SaveChangesAsync();
        return id;
    }

    public async Task<OutboxEmail> ReadAsync(Guid id)
    {
        await using var context = Database.CreateContext();
        return await context.OutboxEmails.AsNoTracking().SingleAsync(email => email.Id == id);
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await Database.DisposeAsync();
    }
}
