using Npgsql;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Admin.Alarming;

namespace RingPortal.Tests.Admin.Alarming;

/// <summary>Alarms about a PostgreSQL of the test's own that is really brought near its limits.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class StoreAlarmTests : IAsyncLifetime
{
    private const int Allowed = 60;

    private readonly AlarmWorld _world = new();
    private OwnCluster _cluster = null!;
    private PortalHost _portal = null!;

    public async Task InitializeAsync()
    {
        // The fast one has limits of its own and writes no log for replicas.
        _cluster = await OwnCluster.StartAsync(fast: false);
        await _cluster.ExecuteAsync($"ALTER SYSTEM SET max_connections = {Allowed}");
        await _cluster.StopAsync();
        await _cluster.RestartAsync();
        await _world.InitializeAsync();
        _portal = _world.Compose(_cluster.PortalConnectionString);
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_Server_With_Few_Connections_Left_Alarms_Until_There_Are_More()
    {
        await using (var crowd = NpgsqlDataSource.Create(_cluster.MigratorConnectionString + ";Maximum Pool Size=60"))
        {
            var held = new List<NpgsqlConnection>();
            for (var connection = 0; connection < Allowed * 0.85; connection++)
            {
                held.Add(await crowd.OpenConnectionAsync());
            }

            await WatchAsync();
            Assert.Matches($"^Warning: 5[0-9] of {Allowed} database connections are in use\\. ", await OpenAsync("store.connections"));
            await Task.WhenAll(held.Select(connection => connection.DisposeAsync().AsTask()));
        }

        await UntilPassedAsync("store.connections");
    }

    [Fact]
    public async Task A_Replica_That_Falls_Behind_Alarms_Until_It_Has_Caught_Up()
    {
        await _cluster.ExecuteAsync("SELECT pg_create_physical_replication_slot('replica', immediately_reserve => true)");
        await WatchAsync();
        Assert.Null(await OpenAsync("store.replication"));

        // A segment of 16 MiB each, of which only the first bytes are used.
        for (var segment = 0; segment < 36; segment++)
        {
            await _cluster.ExecuteAsync("SELECT pg_logical_emit_message(false, 'test', 'a little'); SELECT pg_switch_wal()");
        }

        await WatchAsync();
        Assert.StartsWith("Warning: ", await OpenAsync("store.replication"), StringComparison.Ordinal);
        await _cluster.ExecuteAsync("SELECT pg_replication_slot_advance('replica', pg_current_wal_lsn())");
        await UntilPassedAsync("store.replication");
    }

    private async Task WatchAsync()
    {
        _world.Advance(TimeSpan.FromMinutes(1));
        await _world.RunAsync<WatchAlarmsJob>(job => job.RunAsync(CancellationToken.None), _portal);
    }

    /// <summary>The server counts connections for a moment after they were closed.</summary>
    private Task UntilPassedAsync(string key) => Eventually.TrueAsync(
        async () =>
        {
            await WatchAsync();
            return await OpenAsync(key) is null;
        },
        TimeSpan.FromSeconds(30), $"{key} passes");

    private Task<string?> OpenAsync(string key) => _cluster.ScalarAsync<string>($"SELECT level || ': ' || text FROM alarms WHERE key = '{key}' AND resolved_at IS NULL");
}
