using Microsoft.AspNetCore.Connections;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Backend;
using RingPortal.Simulator.Deliveries;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.History;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Live;
using RingPortal.Simulator.Media;
using RingPortal.Simulator.OAuth;
using RingPortal.Simulator.Plans;

namespace RingPortal.Simulator.Hosting;

/// <summary>Ring's cloud over real HTTP, with the controls by which a test or a page plays the Ring user.</summary>
public sealed class RingCloud : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly RingBackend backend;
    private readonly TokenDesk tokens;
    private readonly DeliveryEngine engine;

    private RingCloud(WebApplication app)
    {
        this.app = app;
        BaseAddress = Reachable(app.Urls.First());
        MediaAddress = Reachable(app.Urls.Last());
        app.Services.GetRequiredService<MediaOrigin>().Address = MediaAddress;
        backend = app.Services.GetRequiredService<RingBackend>();
        tokens = app.Services.GetRequiredService<TokenDesk>();
        engine = app.Services.GetRequiredService<DeliveryEngine>();
        Accounts = app.Services.GetRequiredService<AccountBook>();
        Events = app.Services.GetRequiredService<RingEvents>();
        Bursts = app.Services.GetRequiredService<BurstDesk>();
        Days = app.Services.GetRequiredService<DayDesk>();
        Plans = app.Services.GetRequiredService<PlanBook>();
        Sessions = app.Services.GetRequiredService<LiveSessions>();
        Sessions.BaseAddress = BaseAddress;
        History = app.Services.GetRequiredService<HistoryBook>();
        Deliveries = app.Services.GetRequiredService<DeliveryLog>();
        Settings = app.Services.GetRequiredService<RingSettings>();
        Faults = app.Services.GetRequiredService<FaultPlan>();
        Calls = app.Services.GetRequiredService<CallLedger>();
        Clock = app.Services.GetRequiredService<SimulatorClock>();
    }

    /// <summary>Where it answers; the partner's <c>Ring:ApiBaseUrl</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The second host, from which pictures and redirected clips are fetched without the partner's credentials.</summary>
    public Uri MediaAddress { get; }

    /// <summary>The partner's <c>Ring:OAuthTokenUrl</c>.</summary>
    public Uri OAuthTokenUrl => new(BaseAddress, "/oauth/token");

    /// <summary>Users, devices, sharing.</summary>
    public AccountBook Accounts { get; }

    /// <summary>Sends single events of any kind, without changing the accounts.</summary>
    public RingEvents Events { get; }

    /// <summary>Many events at once or evenly.</summary>
    public BurstDesk Bursts { get; }

    /// <summary>Whole days of a household.</summary>
    public DayDesk Days { get; }

    /// <summary>The users' subscriptions.</summary>
    public PlanBook Plans { get; }

    /// <summary>Live sessions at Ring, open and over.</summary>
    public LiveSessions Sessions { get; }

    /// <summary>What happened at the devices, whether the partner was told or not.</summary>
    public HistoryBook History { get; }

    /// <summary>Every event that was sent, with its attempts and its fate.</summary>
    public DeliveryLog Deliveries { get; }

    /// <summary>What can be changed while it runs, the partner's address among it.</summary>
    public RingSettings Settings { get; }

    /// <summary>Planned faults.</summary>
    public FaultPlan Faults { get; }

    /// <summary>Every call in both directions.</summary>
    public CallLedger Calls { get; }

    /// <summary>Ring's clock.</summary>
    public SimulatorClock Clock { get; }

    /// <summary>Starts the cloud in this process.</summary>
    /// <exception cref="ArgumentException">A setting is wrong; the message names each.</exception>
    /// <exception cref="AddressInUseException">Inside an <see cref="IOException"/>: the port is taken.</exception>
    public static async Task<RingCloud> StartAsync(RingCloudOptions options, CancellationToken cancellationToken = default)
    {
        var problems = RingCloudOptionsValidator.Problems(options);
        if (problems.Count > 0)
            throw new ArgumentException(string.Join(" ", problems), nameof(options));

        var app = Build(options);
        try
        {
            await app.StartAsync(cancellationToken);
            return new RingCloud(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>The user installs the app: Ring sends the code and tells the shared devices.</summary>
    public Task<InstallResult> InstallAsync(string accountKey, InstallOptions? install = null, CancellationToken cancellationToken = default) =>
        backend.InstallAsync(accountKey, install ?? new(), cancellationToken);

    /// <summary>The user taps "Sign in": the address to which Ring sends the browser.</summary>
    /// <param name="accountKey">Whose tap it is.</param>
    /// <param name="at">Another moment than now, to make an old or a future address.</param>
    public Uri BeginLink(string accountKey, DateTimeOffset? at = null) => backend.BeginLink(accountKey, at);

    /// <summary>The user removes the app under My Apps.</summary>
    /// <param name="accountKey">Whose app it is.</param>
    /// <param name="sendEvent">Sends <c>app_integration_removed</c>.</param>
    /// <param name="revokeTokens">Ends the tokens.</param>
    /// <param name="sendDeviceEvents">Sends <c>device_removed</c> of each shared device before.</param>
    public void Uninstall(string accountKey, bool sendEvent = true, bool revokeTokens = true, bool sendDeviceEvents = false) =>
        backend.Uninstall(accountKey, sendEvent, revokeTokens, sendDeviceEvents);

    /// <summary>Ends every token of an account without telling the partner; tells how many chains ended.</summary>
    public int RevokeTokens(string accountKey) => tokens.Revoke(accountKey);

    /// <summary>Waits until every event was delivered, refused or given up.</summary>
    public Task WhenEventsDeliveredAsync(CancellationToken cancellationToken = default) => engine.WhenIdleAsync(cancellationToken);

    /// <summary>Delivers a dead letter again, with the whole schedule; tells whether there was such a one.</summary>
    public bool Replay(long number) => engine.Replay(number);

    /// <summary>Delivers every dead letter again; tells how many.</summary>
    public int ReplayAll() => engine.ReplayAll();

    /// <summary>Sends what is held back to be shuffled.</summary>
    public void Flush() => engine.Flush();

    /// <summary>Stops the cloud.</summary>
    public async ValueTask DisposeAsync()
    {
        Faults.Clear();
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    internal Task WaitForShutdownAsync() => app.WaitForShutdownAsync();

    private static Uri Reachable(string address) =>
        new(address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal));

    private static WebApplication Build(RingCloudOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "RingPortal.Simulator" });
        builder.WebHost.UseKestrelCore().UseUrls(options.Urls, options.MediaAddress);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
        });
        if (options.ConsoleLog)
        {
            builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
            builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

            // What stops the start is told in one sentence by RingCloudHost.
            builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        }

        builder.Services.AddRingCloud(options);
        var app = builder.Build();
        app.UseRingCloud();
        return app;
    }
}
