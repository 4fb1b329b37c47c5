using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.Configuration;
using Npgsql;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;
using RingPortal.Web.Hosting;
using RingPortal.Web.Hosting.Embedded;

namespace RingPortal.Tests.Proofs.Jobs;

/// <summary>J10: each kind of work has its own connections and its own patience: pages that hang do not delay deliveries.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "J10")]
public sealed class J10Proof
{
    private const int Browsers = 30;
    private const double MostSlower = 1.5;
    private static readonly TimeSpan s_noise = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_span = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Pages_That_Hang_Do_Not_Delay_Deliveries()
    {
        await using var world = await ProofWorld.StartAsync("J10");
        var mill = new EventMill(ProofSettings.HmacKey, Household.Make(50, 2, "NOBODY"));
        // Sixty pages, and sixty that fail, for the first time would be what is measured, and not pools that are used up: what the
        // runtime compiles meanwhile takes a fifth of the processor.
        var crowd = await Task.WhenAll(world.Portals.SelectMany(portal => Enumerable.Range(0, Browsers).Select(number => ArriveAsync(portal, number))));
        await HangAsync(world, () => CrowdAsync(world, crowd, []));
        await LatencyAsync(world, mill, Moments.PassAsync(TimeSpan.FromSeconds(10)));
        var idle = await LatencyAsync(world, mill, Moments.PassAsync(s_span));

        var most = new Dictionary<string, long>();
        var busy = await HangAsync(world, () => LatencyAsync(world, mill, CrowdAsync(world, crowd, most)));
        Array.ForEach(crowd, guest => guest.Dispose());

        Assert.True(most["ringportal-web"] >= 2 * 14, $"The pages' pools were not exhausted: {most["ringportal-web"]} connections");
        Assert.True(most["ringportal-web"] <= 2 * 15 && most["ringportal-webhook"] <= 2 * 5 && most["ringportal-jobs"] <= 2 * 5 && most["ringportal-hangfire"] <= 2 * 5, string.Join(", ", most));
        Assert.True(busy.P99 <= idle.P99 * MostSlower || busy.P99 <= s_noise, $"idle {idle}; beside hanging pages {busy}");
        var limits = await LimitsAsync(world);
        ProofFiles.Figure("J10", $"{Browsers * 2} browsers hang on a locked table, {most["ringportal-web"]} of 30 page connections taken: webhook p99 {busy.P99.TotalMilliseconds:0} ms (idle {idle.P99.TotalMilliseconds:0} ms), 0 answers but 200; connections at most web {most["ringportal-web"]}, webhook {most["ringportal-webhook"]}, jobs {most["ringportal-jobs"]}, Hangfire {most["ringportal-hangfire"]}; limits {limits}");
    }

    [Fact]
    public async Task Too_Few_Connections_Are_Told_At_The_Start()
    {
        await using var world = await ProofWorld.StartAsync("J10-few", new ProofShape { Portals = 1, Households = (1, 1), Server = ["max_connections=35"] });
        await Eventually.TrueAsync(() => File.ReadAllText(world.Portals[0].LogFile).Contains("max_connections", StringComparison.Ordinal), TimeSpan.FromSeconds(10), "the log warns of max_connections");
        ProofFiles.Figure("J10", $"35 connections for one instance's 30: warned at the start");
    }

    /// <summary>While a table that every page reads is locked.</summary>
    private static async Task<T> HangAsync<T>(ProofWorld world, Func<Task<T>> act)
    {
        await using var holder = await world.Cluster.Source.OpenConnectionAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("LOCK TABLE users IN ACCESS EXCLUSIVE MODE", holder))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var result = await act();
        await transaction.RollbackAsync();
        return result;
    }

    private static async Task<Latencies> LatencyAsync(ProofWorld world, EventMill mill, Task until)
    {
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        using var stop = new CancellationTokenSource();
        var sending = ring.SteadyAsync(100, mill.Next, stop.Token);
        await until;
        await stop.CancelAsync();
        await sending;
        await ring.WhenDeliveredAsync(TimeSpan.FromSeconds(30));
        Assert.True(ledger.Attempts.All(attempt => attempt.Status == 200), ledger.Statuses);
        return Latencies.Of(ledger.Attempts);
    }

    /// <summary>Browsers that try to sign in again and again; how many connections of each kind there are meanwhile at most.</summary>
    private static async Task<Dictionary<string, long>> CrowdAsync(ProofWorld world, IReadOnlyList<Guest> guests, Dictionary<string, long> most)
    {
        using var stop = new CancellationTokenSource(s_span);
        var crowd = guests.Select(guest => guest.HangAsync(stop.Token)).ToList();
        while (!stop.IsCancellationRequested)
        {
            await using var command = world.Cluster.Source.CreateCommand("SELECT application_name, count(*) FROM pg_stat_activity WHERE application_name LIKE 'ringportal-%' GROUP BY 1");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                most[reader.GetString(0)] = Math.Max(most.GetValueOrDefault(reader.GetString(0)), reader.GetInt64(1));
            }

            await Moments.PassAsync(TimeSpan.FromMilliseconds(250));
        }

        await Task.WhenAll(crowd);
        return most;
    }

    /// <summary>A browser with the sign-in page open, which it has sent once already.</summary>
    private static async Task<Guest> ArriveAsync(ProofPortal portal, int number)
    {
        var browser = ProxiedBrowser.Open(portal.Address);
        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync("Account/Login", CancellationToken.None));
        var form = page.Forms.First(form => form.QuerySelector("#email") is not null);
        var guest = new Guest(browser, number, form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").ToDictionary(input => input.Name!, input => input.Value));
        await guest.TryAsync();
        return guest;
    }

    /// <summary>What the server was told to cut off, as the product's own pools set it.</summary>
    private static async Task<string> LimitsAsync(ProofWorld world)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:Portal"] = world.Cluster.ConnectionString(EmbeddedRoles.Portal) }).Build();
        await using var sources = new PortalDataSources(configuration);
        var told = new List<string>();
        foreach (var (name, source, statement) in new[] { ("web", sources.Web, "5s"), ("webhook", sources.Webhook, "2s"), ("jobs", sources.Jobs, "1min"), ("Hangfire", sources.Hangfire, "1min") })
        {
            await using var command = source.CreateCommand("SELECT current_setting('statement_timeout'), current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout')");
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            Assert.Equal(statement, reader.GetString(0));
            Assert.NotEqual("0", reader.GetString(1));
            Assert.Equal("10s", reader.GetString(2));
            told.Add($"{name} {reader.GetString(0)}/{reader.GetString(1)}");
        }

        return string.Join(", ", told);
    }

    private sealed class Guest(HttpClient browser, int number, Dictionary<string, string> fields) : IDisposable
    {
        private int _tries;

        public async Task TryAsync()
        {
            (fields["email"], fields["password"]) = ($"nobody-{number}-{_tries++}@example.com", "not the password at all");
            using var content = new FormUrlEncodedContent(fields);
            using var answer = await browser.PostAsync("Account/Login", content, CancellationToken.None);
        }

        public async Task HangAsync(CancellationToken until)
        {
            while (!until.IsCancellationRequested)
            {
                await TryAsync();
            }
        }

        public void Dispose() => browser.Dispose();
    }
}
