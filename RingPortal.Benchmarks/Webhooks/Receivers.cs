using System.Globalization;
using System.Net;
using Npgsql;
using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Webhooks;

/// <summary>Starts what the portal is compared with: the baseline, and Kestrel alone.</summary>
internal static class Receivers
{
    private static readonly Dictionary<string, string> s_nothing = [];

    /// <summary>The baseline on a database of its own in the portal's cluster.</summary>
    public static async Task<Server> StartBaselineAsync(BenchmarkCluster cluster, string database)
    {
        var express = Path.Combine(Repository.Root, "RingPortal.Benchmarks", "baselines", "express");
        await Server.RunAsync("npm", ["ci", "--no-audit", "--no-fund"], express, s_nothing);
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
        return Server.StartAsync("dotnet", arguments, AppContext.BaseDirectory, port, s_nothing, IsThereAsync);
    }

    private static async Task<bool> IsThereAsync(HttpClient client) =>
        (await client.PostAsync("/ring/webhook", new ByteArrayContent([]))).StatusCode is HttpStatusCode.Unauthorized;
}
