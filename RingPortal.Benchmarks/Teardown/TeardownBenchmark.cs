using System.Diagnostics;
using System.Globalization;
using Npgsql;
using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Teardown;

/// <summary>
/// What the end of a large household costs, in time and for everybody else: Ring says that the app was removed from an
/// account with 50 cameras and 100,000 events while events of other households arrive at a fixed pace.
/// </summary>
internal static class TeardownBenchmark
{
    private const int Rounds = 5;
    private const int Cameras = 50;
    private const int Events = 100_000;
    private const double PerSecond = 200;
    private static readonly TimeSpan s_warm = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    public static Task RunAsync() => TemporaryFolder.UseAsync(RunAsync);

    private static async Task RunAsync(string folder)
    {
        await using var cluster = await BenchmarkCluster.StartAsync(folder);
        var portal = await PublishedPortal.InstallAsync(cluster, folder, "teardown");
        await using var server = await portal.StartAsync();
        await using var source = cluster.Open(portal.Database);
        var (leaving, others) = (Household.Make("LEAVING", Rounds, Cameras), Household.Make("OTHER", 200, 4));
        var (seed, now) = (new HouseholdSeed(source), TimeProvider.System.GetUtcNow());
        await seed.LinkAsync([.. leaving, .. others]);
        await seed.RememberAsync(leaving, Events, now.AddDays(-50), now);
        await cluster.ExecuteAsync(portal.Database, "VACUUM (ANALYZE) device_events");
        await cluster.ExecuteAsync(portal.Database, "CHECKPOINT");

        var load = PacedLoad.Start([server.Port], PerSecond, new HouseholdEvents(others).Next);
        await Task.Delay(s_warm);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"teardown of {Cameras} cameras with {Events:N0} events beside {PerSecond} events/s of others; acknowledged after ms, p50 / p99 / max"));
        Console.WriteLine("| round | seconds | steps, ms | idle | meanwhile | p99: meanwhile / idle |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var rounds = new List<(double Seconds, double Ratio)>();
        foreach (var (number, household) in leaving.Index())
        {
            rounds.Add(await RoundAsync(number + 1, server, source, load, household));
        }

        var wrong = (await load.StopAsync()).Count(answer => answer.Status != 200);
        var ratios = rounds.Select(round => round.Ratio).ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"middle of {Rounds}: {Figures.Middle(rounds.Select(round => round.Seconds)):N1} s; p99 meanwhile **{Figures.Middle(ratios):N2}** times idle ({ratios.Min():N2} to {ratios.Max():N2}); wrong answers: {wrong}"));
    }

    private static async Task<(double Seconds, double Ratio)> RoundAsync(int number, Server server, NpgsqlDataSource source, PacedLoad load, Household household)
    {
        var clock = TimeProvider.System;
        var quiet = clock.GetUtcNow();
        await Task.Delay(s_idle);
        var begun = clock.GetUtcNow();
        using (var ring = await Caller.ConnectAsync(server.Port))
        {
            await ring.PostAsync(SignedEvent.Of(household, null, "app_integration_removed", begun).Request, CancellationToken.None);
        }

        var (seconds, steps) = await CompletedAsync(source, household);
        var ended = clock.GetUtcNow();
        var (idle, busy) = (load.Between(quiet, begun), load.Between(begun, ended));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {number} | {seconds:N1} | {steps} | {idle} | {busy} | {busy.P99 / idle.P99:N2} |"));
        return (seconds, busy.P99 / idle.P99);
    }

    private static async Task<(double Seconds, string Steps)> CompletedAsync(NpgsqlDataSource source, Household household)
    {
        await using var command = source.CreateCommand(
            """
            SELECT extract(epoch FROM work.completed_at - work.requested_at)::float8,
                   (SELECT string_agg(name || ' ' || round(extract(epoch FROM finished_at - started_at) * 1000), ', ' ORDER BY position) FROM teardown_steps WHERE teardown_id = work.id)
            FROM teardowns work WHERE work.ring_token_id = $1 AND work.completed_at IS NOT NULL
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = household.LinkId });
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < s_limit)
        {
            await using (var reader = await command.ExecuteReaderAsync())
            {
                if (await reader.ReadAsync())
                {
                    return (reader.GetDouble(0), reader.GetString(1));
                }
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"The teardown is not complete after {s_limit}.");
    }
}
