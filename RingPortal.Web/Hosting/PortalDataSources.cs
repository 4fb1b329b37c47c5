using Npgsql;

namespace RingPortal.Web.Hosting;

/// <summary>
/// The connection pools of one instance. Each kind of work has its own, so that one that is exhausted does not
/// starve the others: pages 15, webhook 5, jobs 5, Hangfire 5.
/// </summary>
public sealed class PortalDataSources : IAsyncDisposable
{
    /// <summary>Connections that one instance opens at most.</summary>
    public const int MostConnections = WebSize + WebhookSize + JobsSize + HangfireSize;

    /// <summary>How the pools are called in metrics.</summary>
    public static IReadOnlyList<string> Names { get; } = ["web", "webhook", "jobs", "hangfire"];

    private const int WebSize = 15;
    private const int WebhookSize = 5;
    private const int JobsSize = 5;
    private const int HangfireSize = 5;

    private readonly string _text;
    private NpgsqlDataSource _webhook;

    /// <summary>Makes the pools; connections are opened when first used.</summary>
    public PortalDataSources(IConfiguration configuration)
    {
        _text = configuration.GetConnectionString("Portal") ?? "";
        Web = Build(_text, "web", WebSize, timeout: 5, command: 10, "5s");
        _webhook = BuildWebhook(_text);
        Jobs = Build(_text, "jobs", JobsSize, timeout: 5, command: 60, "60s");
        Hangfire = Build(_text, "hangfire", HangfireSize, timeout: 5, command: 60, "60s");
    }

    /// <summary>Pages and the endpoints that people call.</summary>
    public NpgsqlDataSource Web { get; }

    /// <summary>The webhook endpoint alone. Ask for it each time: it may be replaced.</summary>
    public NpgsqlDataSource Webhook => Volatile.Read(ref _webhook);

    /// <summary>Jobs and background workers.</summary>
    public NpgsqlDataSource Jobs { get; }

    /// <summary>Hangfire's own storage.</summary>
    public NpgsqlDataSource Hangfire { get; }

    /// <summary>
    /// Gives the webhook endpoint new connections. The old ones end by themselves: idle ones at once, those that hang
    /// when the driver's time limits are over.
    /// </summary>
    public void ReplaceWebhook() => Interlocked.Exchange(ref _webhook, BuildWebhook(_text)).Clear();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        await Webhook.DisposeAsync();
        await Jobs.DisposeAsync();
        await Hangfire.DisposeAsync();
    }

    private static NpgsqlDataSource BuildWebhook(string text) => Build(text, "webhook", WebhookSize, timeout: 1, command: 2, "2s");

    private static NpgsqlDataSource Build(string text, string kind, int size, int timeout, int command, string statementTimeout)
    {
        // Its name stands in metrics; without one that would be the connection string.
        var builder = new NpgsqlDataSourceBuilder(text) { Name = kind };
        var settings = builder.ConnectionStringBuilder;
        settings.ApplicationName = $"ringportal-{kind}";
        settings.MaxPoolSize = size;
        settings.Timeout = timeout;
        settings.CommandTimeout = command;
        settings.CancellationTimeout = 500;
        settings.IncludeErrorDetail = false;
        settings.LogParameters = false;
        // Deliveries wait for a key less long than for the statement, so that there is time to try the others alone.
        var lockTimeout = kind switch { "hangfire" => "30s", "webhook" => "1s", _ => "2s" };
        settings.Options = $"-c statement_timeout={statementTimeout} -c lock_timeout={lockTimeout} -c idle_in_transaction_session_timeout=10s";
        if (kind is "webhook")
        {
            ForDeliveries(settings);
        }

        return builder.Build();
    }

    /// <summary>A handful of statements, all the time: each is prepared once in a session and kept.</summary>
    private static void ForDeliveries(NpgsqlConnectionStringBuilder settings)
    {
        // Deliveries leave no state in their sessions, so there is nothing to reset between them.
        settings.NoResetOnClose = true;
        settings.MaxAutoPrepare = 8;
        settings.AutoPrepareMinUsages = 2;
        // They look up keys only. A plan that is kept must not be the one of a table that was empty when it was made.
        settings.Options += " -c enable_seqscan=off";
    }
}
