using Npgsql;

namespace RingPortal.Web.Hosting;

/// <summary>
/// The connection pools of one instance. Each kind of work has its own, so that one that is exhausted does not
/// starve the others: pages 15, webhook 5, jobs 5, Hangfire 5.
/// </summary>
public sealed class PortalDataSources : IAsyncDisposable
{
    /// <summary>Makes the pools; connections are opened when first used.</summary>
    public PortalDataSources(IConfiguration configuration)
    {
        var text = configuration.GetConnectionString("Portal") ?? "";
        Web = Build(text, "web", 15, timeout: 5, command: 10, "5s");
        Webhook = Build(text, "webhook", 5, timeout: 1, command: 2, "2s");
        Jobs = Build(text, "jobs", 5, timeout: 5, command: 60, "60s");
        Hangfire = Build(text, "hangfire", 5, timeout: 5, command: 60, "60s");
    }

    /// <summary>Pages and the endpoints that people call.</summary>
    public NpgsqlDataSource Web { get; }

    /// <summary>The webhook endpoint alone.</summary>
    public NpgsqlDataSource Webhook { get; }

    /// <summary>Jobs and background workers.</summary>
    public NpgsqlDataSource Jobs { get; }

    /// <summary>Hangfire's own storage.</summary>
    public NpgsqlDataSource Hangfire { get; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        await Webhook.DisposeAsync();
        await Jobs.DisposeAsync();
        await Hangfire.DisposeAsync();
    }

    private static NpgsqlDataSource Build(string text, string kind, int size, int timeout, int command, string statementTimeout)
    {
        var builder = new NpgsqlDataSourceBuilder(text);
        var settings = builder.ConnectionStringBuilder;
        settings.ApplicationName = $"ringportal-{kind}";
        settings.MaxPoolSize = size;
        settings.Timeout = timeout;
        settings.CommandTimeout = command;
        settings.CancellationTimeout = 500;
        settings.IncludeErrorDetail = false;
        settings.LogParameters = false;
        settings.Options = $"-c statement_timeout={statementTimeout} -c lock_timeout={(kind is "hangfire" ? "30s" : "2s")} -c idle_in_transaction_session_timeout=10s";
        return builder.Build();
    }
}
