using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Deployment;

/// <summary>What docker-compose.yml starts, started by hand on this machine: nginx with its real configuration, two published portals, PostgreSQL.</summary>
[Collection(ShortProofs.Name)]
[Trait(Tiers.Name, Tiers.Proof)]
public sealed class NginxTests(ShortWorld fixture)
{
    private const string Visitors = "127.0.5.1";
    private const string Spoofed = "203.0.113.7";
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Browsers_Stay_With_Their_Portal_Deliveries_Go_To_Any_And_One_That_Dies_Is_Not_Missed()
    {
        var world = fixture.World;
        await using var nginx = await NginxProxy.StartAsync(world.Addresses);
        var cookies = new CookieContainer();
        using var browser = nginx.Open(cookies: cookies);
        await StaysAsync(nginx, browser, cookies);
        await OpensACircuitAsync(nginx, browser, cookies);
        using var ring = nginx.Open();
        await DeliversAsync(world, ring, 20);

        var home = PortalOf(nginx, "/ring/config", world);
        await home.KillAsync();
        foreach (var _ in Enumerable.Range(0, 5))
        {
            using var page = await browser.GetAsync("/ring/config");
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }

        await DeliversAsync(world, ring, 20);
        var other = world.Portals.Single(portal => portal != home);
        await other.KillAsync();
        await NobodyIsThereAsync(world, browser, ring);
        await Task.WhenAll(world.Portals.Select(portal => portal.StartReadyAsync()));
        await Eventually.TrueAsync(async () => (await browser.GetAsync("/ring/config")).IsSuccessStatusCode, s_soon, "pages are served again");
        await DeliversAsync(world, ring, 2);
    }

    [Fact]
    public async Task What_A_Stranger_Forwards_Counts_For_Nothing_And_No_Log_Has_The_Nonce()
    {
        var world = fixture.World;
        await using var nginx = await NginxProxy.StartAsync(world.Addresses);
        const string Nonce = "oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE";
        var link = string.Create(CultureInfo.InvariantCulture, $"/ring/link?nonce={Nonce}&time={DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}");
        await world.Cluster.ExecuteAsync("DELETE FROM arrivals");
        using var visitor = nginx.Open(Visitors);
        visitor.DefaultRequestHeaders.Add("X-Forwarded-For", Spoofed);
        using var arrival = await visitor.GetAsync(link);
        Assert.Equal(HttpStatusCode.SeeOther, arrival.StatusCode);
        Assert.All(arrival.Headers.GetValues("Set-Cookie"), cookie =>
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        });

        // The other way round: past nginx, straight to a portal, as only somebody inside could.
        using var direct = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectCallback = (context, token) => NginxProxy.ConnectAsync(Visitors, context.DnsEndPoint.Port, token) });
        direct.DefaultRequestHeaders.Add("X-Forwarded-For", Spoofed);
        using var past = await direct.GetAsync(new Uri(world.Addresses[0], link));

        await Eventually.TrueAsync(async () => await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM arrivals WHERE route = 'link'") == 2, s_soon, "both arrivals are written");
        Assert.Equal(2, await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM arrivals WHERE route = 'link' AND source_network = '127.0.5.0/24'"));
        Assert.Contains("GET /ring/link 303", nginx.AccessLog, StringComparison.Ordinal);
        Assert.DoesNotContain(Nonce, nginx.AccessLog + nginx.ErrorLog, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Slow_Delivery_Is_Told_To_Come_Again_And_Plain_Http_Leads_Only_People_Elsewhere()
    {
        await using var nginx = await NginxProxy.StartAsync(fixture.World.Addresses);
        Assert.Equal("HTTP/1.1 503", (await StalledAsync(nginx).WaitAsync(TimeSpan.FromSeconds(8) * Eventually.Patience))[..12]);

        using var plain = new HttpClient(nginx.Handler()) { BaseAddress = new Uri($"http://{NginxProxy.Host}/") };
        using var delivery = await plain.PostAsync("/ring/webhook", null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, delivery.StatusCode);
        using var page = await plain.GetAsync("/help");
        Assert.Equal($"https://{NginxProxy.Host}/help", page.Headers.Location?.ToString());
    }

    private static async Task StaysAsync(NginxProxy nginx, HttpClient browser, CookieContainer cookies)
    {
        foreach (var _ in Enumerable.Range(0, 10))
        {
            using var page = await browser.GetAsync("/ring/config");
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }

        Assert.Single(cookies.GetAllCookies(), cookie => cookie is { Name: "__Host-rp-node", Secure: true, HttpOnly: true });
        await Eventually.TrueAsync(() => UpstreamsOf(nginx, "/ring/config").Count == 10, s_soon, "ten lines are logged");
        Assert.Single(UpstreamsOf(nginx, "/ring/config").Distinct());
        // Browsers without a cookie yet are spread.
        using var others = nginx.Open();
        foreach (var _ in Enumerable.Range(0, 20))
        {
            using var page = await others.GetAsync("/privacy");
        }

        await Eventually.TrueAsync(() => UpstreamsOf(nginx, "/privacy").Count == 20, s_soon, "twenty lines are logged");
        Assert.Equal(2, UpstreamsOf(nginx, "/privacy").Distinct().Count());
    }

    /// <summary>Signs up and connects the WebSocket of a page, as its script does.</summary>
    private static async Task OpensACircuitAsync(NginxProxy nginx, HttpClient browser, CookieContainer cookies)
    {
        using var signedUp = await new Account.Visitor(browser).SignUpAsync(Account.Visitor.NewEmail());
        Assert.Equal(HttpStatusCode.Found, signedUp.StatusCode);
        browser.DefaultRequestHeaders.Add("Origin", $"https://{NginxProxy.Host}");
        using var answer = await browser.PostAsync("/_blazor/negotiate?negotiateVersion=1", null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var token = (await answer.Content.ReadFromJsonAsync<JsonNode>())!["connectionToken"]!.GetValue<string>();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", $"https://{NginxProxy.Host}");
        using var invoker = new HttpMessageInvoker(nginx.Handler(cookies: cookies));
        await socket.ConnectAsync(new Uri($"wss://{NginxProxy.Host}/_blazor?id={Uri.EscapeDataString(token)}"), invoker, CancellationToken.None).WaitAsync(s_soon * Eventually.Patience);
        Assert.Equal(WebSocketState.Open, socket.State);
        browser.DefaultRequestHeaders.Remove("Origin");
    }

    private static async Task DeliversAsync(ProofWorld world, HttpClient ring, int count)
    {
        foreach (var _ in Enumerable.Range(0, count))
        {
            using var answer = await PostAsync(world, ring);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private static async Task NobodyIsThereAsync(ProofWorld world, HttpClient browser, HttpClient ring)
    {
        using var page = await browser.GetAsync("/help");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Contains("We are being updated", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var delivery = await PostAsync(world, ring);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, delivery.StatusCode);
        Assert.NotNull(delivery.Headers.RetryAfter);
    }

    private static async Task<HttpResponseMessage> PostAsync(ProofWorld world, HttpClient ring)
    {
        var delivery = world.Mill.Next();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ring/webhook") { Content = new ByteArrayContent(delivery.Body) };
        request.Headers.Add("X-Signature", delivery.Signature);
        return await ring.SendAsync(request);
    }

    private static ProofPortal PortalOf(NginxProxy nginx, string path, ProofWorld world) =>
        world.Portals.Single(portal => portal.Address.Authority == UpstreamsOf(nginx, path)[0]);

    /// <summary>Who answered each call of an address, by the access log (its seventh word).</summary>
    private static List<string> UpstreamsOf(NginxProxy nginx, string path) =>
        [.. nginx.AccessLog.Split('\n').Select(line => line.Split(' ')).Where(words => words.Length > 6 && words[2] == path).Select(words => words[6])];

    /// <summary>The beginning of the answer to a body that says how long it is and stops after its first bytes.</summary>
    private static async Task<string> StalledAsync(NginxProxy nginx)
    {
        await using var stream = await nginx.ConnectSecurelyAsync();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /ring/webhook HTTP/1.1\r\nHost: {NginxProxy.Host}\r\nContent-Length: 1000\r\n\r\n{{\"meta\": "));
        await stream.FlushAsync();
        var answer = new byte[1024];
        return Encoding.ASCII.GetString(answer, 0, await stream.ReadAtLeastAsync(answer, 12));
    }
}
