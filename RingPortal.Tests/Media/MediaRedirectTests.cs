using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Ring;
using RingPortal.Web.Ring;
using RingPortal.Web.Ring.Media;

namespace RingPortal.Tests.Media;

/// <summary>Redirects of media calls over real HTTP: where they lead, what is sent there, and where they never lead.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class MediaRedirectTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private const string Device = "ava1.ring.device.DOOR";
    private const string Token = "token-canary-77";

    private static readonly RingTimings s_patient = RingServices.Quick with { Attempt = TimeSpan.FromSeconds(30), InteractivePatience = TimeSpan.FromSeconds(30) };

    private readonly LogCapture _logs = new();
    private MediaRing _ring = null!;
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        _ring = await MediaRing.StartAsync();
        _services = Services(_ring.OriginHost);
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _ring.DisposeAsync();
    }

    [Fact]
    public async Task A_Picture_Is_Fetched_Where_Ring_Says_Without_Anything_Of_Ours()
    {
        _ring.Serve("image/jpeg", MediaBytes.Jpeg(), headers: [("X-Media-Timestamp", "1790000300250"), ("X-Media-Origin", "snapshot")]);

        await using var media = await ImageAsync();

        Assert.Equal((DateTimeOffset.FromUnixTimeMilliseconds(1790000300250), RingMediaOrigin.Snapshot, "image/jpeg"), (media.TakenAt, media.Origin, media.ContentType));
        var asked = Assert.Single(_ring.Api.Calls);
        Assert.Equal(("POST", $"/v1/devices/{Device}/media/image/download", $"Bearer {Token}"), (asked.Method, asked.Target, asked.Headers["Authorization"]));
        Assert.Equal("""{"type":"at_timestamp","timestamp":1790000300000,"image_options":{"format":"jpeg"}}""", asked.Body);
        var away = Assert.Single(_ring.Origin.Calls);
        Assert.Equal(("GET", ""), (away.Method, away.Body));
        // A signed address carries its own access; a second one would be refused there, and is nobody's business.
        Assert.Equal(["Host"], away.Headers.Keys);
    }

    [Theory]
    [InlineData(301, "GET", false)]
    [InlineData(302, "GET", false)]
    [InlineData(303, "GET", false)]
    [InlineData(307, "POST", true)]
    [InlineData(308, "POST", true)]
    public async Task Another_Host_Gets_The_Method_Of_The_Status_And_Never_The_Access(int status, string method, bool hasBody)
    {
        _ring.Lead(status, _ring.SignedAddress);
        _ring.Serve("video/mp4", MediaBytes.Mp4());

        await using var media = await ClipAsync();

        var away = Assert.Single(_ring.Origin.Calls);
        Assert.Equal((method, hasBody), (away.Method, away.Body.Length > 0));
        Assert.Empty(away.Headers.Keys.Intersect(["Authorization", "Cookie", "User-Agent", "traceparent", "Request-Id"], StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(301, "POST", true)]
    [InlineData(302, "POST", true)]
    [InlineData(303, "GET", false)]
    [InlineData(307, "POST", true)]
    [InlineData(308, "POST", true)]
    public async Task Rings_Own_Api_Gets_The_Request_Again_With_The_Access(int status, string method, bool hasAccess)
    {
        _ring.Api.Answer = (http, number) => number == 1
            ? MediaRing.Redirect(http, status, "/v1/elsewhere")
            : http.AnswerAsync(200, "not looked at here");

        await using var media = await ClipAsync();

        var again = _ring.Api.Calls.Last();
        Assert.Equal(("/v1/elsewhere", method), (again.Target, again.Method));
        Assert.Equal(hasAccess, again.Headers.ContainsKey("Authorization"));
        Assert.Equal(hasAccess, again.Body.Length > 0);
    }

    [Fact]
    public async Task Who_Was_Sent_Away_Comes_Back_As_A_Stranger()
    {
        _ring.Lead(301, _ring.SignedAddress);
        _ring.Origin.Answer = (http, _) => MediaRing.Redirect(http, 307, $"{_ring.Api.Address}/v1/accounts/me/app-integrations");
        _ring.Api.Answer = (http, number) => number == 1 ? MediaRing.Redirect(http, 301, _ring.SignedAddress) : http.AnswerAsync(200);

        await using var media = await ClipAsync();

        var back = _ring.Api.Calls.Last();
        Assert.Equal(("GET", "/v1/accounts/me/app-integrations"), (back.Method, back.Target));
        Assert.False(back.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task Three_Redirects_Are_Followed_And_A_Fourth_Is_Not()
    {
        var hops = 3;
        _ring.Api.Answer = (http, number) => number <= hops ? MediaRing.Redirect(http, 307, $"/hop/{number}") : http.AnswerAsync(200);
        await using (await ClipAsync())
        {
            Assert.Equal(4, _ring.Api.Calls.Count);
        }

        _ring.Api.Calls.Clear();
        hops = 4;
        Assert.Equal(new RingFailure.Unreadable(307), await ClipFailureAsync());
        Assert.Equal(4, _ring.Api.Calls.Count);
    }

    [Fact]
    public async Task Nobody_Is_Led_Where_He_May_Not_Go()
    {
        using var trap = new Trap();
        using var watch = new NetworkWatch();
        using var ring = new RawServer();
        await using var services = Services(_ring.OriginHost, address: ring.Address);
        var client = services.GetRequiredService<RingClient>();
        var targets = HostileTargets.All(trap.Port, _ring.OriginHost);
        Assert.True(targets.Distinct().Count() >= 60, $"Only {targets.Count} targets.");
        foreach (var status in new[] { 301, 303, 307 })
        {
            foreach (var target in targets)
            {
                ring.Lead(status, target);
                var answer = await client.OpenImageAsync(Token, Device, new RingImageRequest.AtTimestamp(At), RingPriority.Interactive, CancellationToken.None);
                Assert.True(answer.Failure is RingFailure.Unreadable, $"{status} to {target}: {answer.Failure}");
            }
        }

        Assert.Equal(0, trap.Caught);
        Assert.Empty(_ring.Origin.Calls);
        Assert.Empty(watch.Outside);
        Assert.DoesNotContain(watch.Names, name => targets.Any(target => name.Length > 3 && target.Contains(name, StringComparison.OrdinalIgnoreCase)) && name is not ("localhost" or "127.0.0.1"));
        Assert.Equal(3 * targets.Count, ring.Requests.Count);
        Assert.All(ring.Requests, line => Assert.Equal($"POST /v1/devices/{Device}/media/image/download HTTP/1.1", line));
        Assert.DoesNotContain(_logs.Lines, line => line.Contains(Token, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("10.0.0.7")]
    [InlineData("169.254.169.254")]
    [InlineData("192.0.2.1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:10.0.0.7")]
    [InlineData("64:ff9b::a00:7")]
    [InlineData("127.0.0.1", "8.8.8.8", "10.0.0.7")]
    public async Task A_Name_That_Leads_To_Neighbours_Leads_Nowhere(params string[] addresses)
    {
        using var watch = new NetworkWatch();
        await using var services = Services("*.rebound.example", new RingNames { Resolve = (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()) });
        _ring.Lead(303, "https://cdn.rebound.example/x");

        var result = await services.GetRequiredService<RingClient>().OpenImageAsync(Token, Device, new RingImageRequest.AtTimestamp(At), RingPriority.Interactive, CancellationToken.None);

        Assert.Equal(new RingFailure.Unreadable(0), result.Failure);
        Assert.Empty(watch.Outside);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:2800:220:1::1", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("127.8.8.8", false)]
    [InlineData("100.100.0.1", false)]
    [InlineData("198.19.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("2002:a00:7::", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:db8::1", false)]
    public void Addresses_Of_The_Internet_Are_Told_From_Others(string address, bool expected) => Assert.Equal(expected, PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData(400, typeof(RingFailure.Refused))]
    [InlineData(401, typeof(RingFailure.Unauthorized))]
    [InlineData(403, typeof(RingFailure.Forbidden))]
    [InlineData(404, typeof(RingFailure.NotFound))]
    [InlineData(416, typeof(RingFailure.Refused))]
    [InlineData(422, typeof(RingFailure.Refused))]
    [InlineData(425, typeof(RingFailure.Refused))]
    [InlineData(429, typeof(RingFailure.RateLimited))]
    [InlineData(500, typeof(RingFailure.Unavailable))]
    [InlineData(503, typeof(RingFailure.Unavailable))]
    [InlineData(204, typeof(RingFailure.Unreadable))]
    [InlineData(300, typeof(RingFailure.Unreadable))]
    [InlineData(304, typeof(RingFailure.Unreadable))]
    public async Task What_Ring_Answers_Instead_Is_A_Failure(int status, Type failure)
    {
        _ring.Api.Answer = (http, _) => status == 204 || status == 304 ? Empty(http, status) : http.AnswerAsync(status, """{"errors":[{"code":"X"}]}""");

        Assert.IsType(failure, await ImageFailureAsync());
    }

    [Theory]
    [InlineData(401, typeof(RingFailure.Unreadable))]
    [InlineData(403, typeof(RingFailure.Forbidden))]
    [InlineData(416, typeof(RingFailure.Refused))]
    [InlineData(425, typeof(RingFailure.Refused))]
    [InlineData(503, typeof(RingFailure.Unavailable))]
    public async Task What_The_Second_Server_Says_Of_Access_Is_Not_About_Ours(int status, Type failure)
    {
        _ring.Origin.Answer = (http, _) => http.AnswerAsync(status, """{"errors":[{"code":"X"}]}""");

        Assert.IsType(failure, await ImageFailureAsync());
    }

    [Fact]
    public async Task What_Is_Too_Large_Is_Not_Begun_And_What_Grows_Too_Large_Is_Broken_Off()
    {
        _ring.Origin.Answer = (http, _) =>
        {
            http.Response.ContentType = "image/jpeg";
            http.Response.ContentLength = RingClient.LargestImage + 1;
            return http.Response.Body.FlushAsync();
        };
        Assert.Equal(new RingFailure.Unreadable(200), await ImageFailureAsync());

        _ring.Origin.Answer = async (http, _) =>
        {
            http.Response.ContentType = "image/jpeg";
            for (var piece = 0; piece < 9 && !http.RequestAborted.IsCancellationRequested; piece++)
            {
                await http.Response.Body.WriteAsync(new byte[1024 * 1024]);
            }
        };
        await using var media = await ImageAsync();
        await Assert.ThrowsAsync<RingMediaException>(() => media.Content.CopyToAsync(Stream.Null));
    }

    [Fact]
    public async Task Nothing_Tells_A_Signed_Address_And_Operators_Read_Hosts_That_Are_Not_Allowed()
    {
        await using (await ImageAsync())
        {
            _ring.Lead(303, $"https://cdn.unknown.example/secret-path?{MediaRing.Signature}");
            await ImageFailureAsync();
        }

        Assert.Contains(_logs.Lines, line => line.Contains("cdn.unknown.example", StringComparison.Ordinal) && line.Contains("Ring__MediaHosts", StringComparison.Ordinal));
        Assert.DoesNotContain(_logs.Lines, line => line.Contains("sig-canary", StringComparison.Ordinal) || line.Contains("secret-path", StringComparison.Ordinal) || line.Contains("/bucket/", StringComparison.Ordinal) || line.Contains(Token, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cdn.example.com", "https://cdn.example.com/x", true)]
    [InlineData("cdn.example.com", "https://CDN.example.com/x", true)]
    [InlineData("cdn.example.com", "https://a.cdn.example.com/x", false)]
    [InlineData("cdn.example.com", "https://cdn.example.com:8443/x", false)]
    [InlineData("cdn.example.com:8443", "https://cdn.example.com:8443/x", true)]
    [InlineData("cdn.example.com:8443", "https://cdn.example.com/x", false)]
    [InlineData("*.example.com", "https://a.b.example.com/x", true)]
    [InlineData("*.example.com", "https://example.com/x", false)]
    [InlineData("*.example.com", "https://badexample.com/x", false)]
    [InlineData("127.0.0.1:9", "http://127.0.0.1:9/x", false)]
    [InlineData("*.example.com", "https://api.amazonvision.com/x", true)]
    [InlineData("*.example.com", "https://api.amazonvision.com:444/x", false)]
    public void Hosts_Are_Admitted_By_Name_And_Port(string pattern, string target, bool expected) =>
        Assert.Equal(expected, new RingMediaHosts(new RingOptions { MediaHosts = pattern }).Admits(new Uri(target)));

    private static DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds(1790000300000);

    private static Task Empty(Microsoft.AspNetCore.Http.HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private ServiceProvider Services(string hosts, RingNames? names = null, string? address = null) => RingServices.Create(
        database, address ?? _ring.Api.Address, s_patient, logs: _logs, configure: services => services.Replace(ServiceDescriptor.Singleton(names ?? new RingNames())), settings: ("Ring:MediaHosts", hosts));

    private async Task<RingMedia> ImageAsync() => Got(await AskImageAsync());

    private async Task<RingFailure> ImageFailureAsync() => Assert.IsAssignableFrom<RingFailure>((await AskImageAsync()).Failure);

    private async Task<RingMedia> ClipAsync() => Got(await AskClipAsync());

    private async Task<RingFailure> ClipFailureAsync() => Assert.IsAssignableFrom<RingFailure>((await AskClipAsync()).Failure);

    private Task<RingResult<RingMedia>> AskImageAsync() =>
        _services.GetRequiredService<RingClient>().OpenImageAsync(Token, Device, new RingImageRequest.AtTimestamp(At), RingPriority.Interactive, CancellationToken.None);

    private Task<RingResult<RingMedia>> AskClipAsync() =>
        _services.GetRequiredService<RingClient>().OpenClipAsync(Token, Device, new RingClipRequest(At, TimeSpan.FromSeconds(20), Audio: false), CancellationToken.None);

    private static RingMedia Got(RingResult<RingMedia> result) => result.IsSuccess ? result.Value : throw new InvalidOperationException($"Nothing came: {result.Failure}");
}
