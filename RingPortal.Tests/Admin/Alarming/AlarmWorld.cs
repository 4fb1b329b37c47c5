using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Admin.Alarming;
using RingPortal.Web.Features.Admin.Minutes;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Admin.Alarming;

/// <summary>A composed portal with a database of its own, its clock in the test's hand, and somebody who is posted alarms.</summary>
public sealed class AlarmWorld : IAsyncLifetime
{
    private readonly WebApplication _operators;
    private readonly List<PortalHost> _portals = [];
    private PortalHost _portal = null!;
    private TimeSpan _ahead;

    public AlarmWorld()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _operators = builder.Build();
        _operators.MapPost("/alarms", async (HttpRequest request) =>
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body);
            // A machine that runs many tests at once may really be short of connections; that is not what they are about.
            if (Answer == StatusCodes.Status200OK && !body.GetProperty("key").GetString()!.StartsWith("store.", StringComparison.Ordinal))
            {
                Posts.Enqueue((body, request.Headers[AlarmPosting.IdHeader].ToString()));
            }

            return Results.StatusCode(Answer);
        });
    }

    public TestDatabase Database { get; private set; } = null!;

    /// <summary>The time of its portals: that of the machine and what the test added.</summary>
    public DateTimeOffset Now => TimeProvider.System.GetUtcNow() + _ahead;

    /// <summary>What was posted, with its message id.</summary>
    internal ConcurrentQueue<(JsonElement Body, string Id)> Posts { get; } = new();

    /// <summary>What the operators' address answers.</summary>
    public int Answer { get; set; } = StatusCodes.Status200OK;

    public IServiceProvider Services => _portal.Services;

    public Uri OperatorsAddress => new($"{_operators.Urls.Single()}/alarms");

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        await _operators.StartAsync();
        _portal = Compose();
        // Listens from the start, as in a portal that runs.
        _ = Services.GetRequiredService<MinuteListener>();
    }

    public async Task DisposeAsync()
    {
        foreach (var portal in _portals)
        {
            await portal.DisposeAsync();
        }

        await _operators.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>A portal whose operators are here; it is disposed of with the world.</summary>
    public PortalHost Compose(string? connectionString = null, params (string Key, string? Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Alarms:Email"] = "operators@example.org",
            ["Alarms:WebhookUrl"] = OperatorsAddress.ToString(),
            ["ConnectionStrings:Portal"] = connectionString ?? Database.AppConnectionString,
        };
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        var portal = PortalHost.Compose(Database, settings: settings);
        _portals.Add(portal);
        return portal;
    }

    /// <summary>Time passes, as if the database's clock said so.</summary>
    public void Advance(TimeSpan time)
    {
        _ahead += time;
        foreach (var portal in _portals)
        {
            var now = TimeProvider.System.GetUtcNow();
            portal.Services.GetRequiredService<PortalClock>().Observe(now + _ahead, now, TimeSpan.Zero);
        }
    }

    /// <summary>A minute later the job runs, after what was counted is written.</summary>
    public async Task WatchAsync(TimeSpan? later = null)
    {
        Advance(later ?? TimeSpan.FromMinutes(1));
        await Services.GetRequiredService<MinuteWriter>().WriteAsync(CancellationToken.None);
        await RunAsync<WatchAlarmsJob>(job => job.RunAsync(CancellationToken.None));
    }

    /// <summary>Runs a job in a scope of its own.</summary>
    public async Task RunAsync<TJob>(Func<TJob, Task> run, PortalHost? portal = null)
        where TJob : notnull
    {
        await using var scope = (portal?.Services ?? Services).GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        await run(scope.ServiceProvider.GetRequiredService<TJob>());
    }

    /// <summary>The open alarm of a key: its level and text; null when there is none.</summary>
    public async Task<string?> OpenAsync(string key)
    {
        await using var command = Database.Source.CreateCommand("SELECT level || ': ' || text FROM alarms WHERE key = $1 AND resolved_at IS NULL");
        command.Parameters.Add(new() { Value = key });
        return (string?)await command.ExecuteScalarAsync();
    }

    /// <summary>How many e-mails were written about alarms; those about a store that really is busy, while other tests run, are not counted.</summary>
    public Task<long> MailsAsync() => Database.ScalarAsync<long>(
        """
        SELECT (SELECT count(*) FROM outbox_emails WHERE kind = 'alarm')
            - (SELECT count(*) FROM alarm_notes JOIN alarms ON alarms.id = alarm_notes.alarm_id WHERE alarm_notes.kind = 'mail' AND alarms.key LIKE 'store.%')
        """);
}
