using System.Diagnostics;
using System.Globalization;
using RingPortal.Benchmarks.Desk.Seed;
using RingPortal.Benchmarks.Feed;
using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Desk;

/// <summary>One portal on a full database, and a browser. Nobody calls, and Ring is not there: what is measured is the desk alone.</summary>
internal sealed class DeskStage : IAsyncDisposable
{
    public const string Database = "desk";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(15);

    private DeskStage(BenchmarkCluster cluster, Server portal, Chromium browser, string origin) => (Cluster, Portal, Browser, Origin) = (cluster, portal, browser, origin);

    public BenchmarkCluster Cluster { get; }

    public Server Portal { get; }

    public Chromium Browser { get; }

    /// <summary>Where browsers find the portal.</summary>
    public string Origin { get; }

    public static async Task<DeskStage> StartAsync(string folder, DeskRows rows)
    {
        var cluster = await BenchmarkCluster.StartAsync(folder);
        // What is in the pool shall stay there while the desk is looked at.
        var installed = await PublishedPortal.InstallAsync(cluster, folder, Database, new Dictionary<string, string>(Operator.Settings) { ["Pool__RetentionMinutes"] = "30" });
        await DeskSeed.FillAsync(cluster, Database, rows);
        var secure = Server.FreePort();
        var portal = await installed.StartAsync(secure);
        await SealedAsync(cluster, rows);
        await PostponeAsync(cluster);
        await DeskSeed.TidyAsync(cluster, Database);
        var browser = await Chromium.StartAsync($"--ignore-certificate-errors-spki-list={PublishedPortal.KeyHash(folder)}");
        return new DeskStage(cluster, portal, browser, string.Create(CultureInfo.InvariantCulture, $"https://localhost:{secure}"));
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Portal.DisposeAsync();
        await Cluster.DisposeAsync();
    }

    /// <summary>
    /// What is rarer than each minute runs tomorrow: a run must not differ by the time of day at which it is made. The portal has
    /// its timetable by then, because sealing is a job of it.
    /// </summary>
    private static async Task PostponeAsync(BenchmarkCluster cluster) => await cluster.ExecuteAsync(
        Database,
        """
        UPDATE hangfire.set SET score = score + 86400 WHERE key = 'recurring-jobs'
          AND NOT EXISTS (SELECT FROM hangfire.hash WHERE hash.key = 'recurring-job:' || set.value AND hash.field = 'Cron' AND hash.value = '* * * * *')
        """);

    /// <summary>Until the portal has sealed the trail.</summary>
    private static async Task SealedAsync(BenchmarkCluster cluster, DeskRows rows)
    {
        var started = Stopwatch.GetTimestamp();
        while ((long)(await cluster.ExecuteAsync(Database, "SELECT coalesce(sum(cardinality(record_ids)), 0)::bigint FROM audit_seals"))! < rows.Records)
        {
            if (Stopwatch.GetElapsedTime(started) > s_limit)
            {
                throw new TimeoutException($"The trail is not sealed after {s_limit}.");
            }

            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }
}
