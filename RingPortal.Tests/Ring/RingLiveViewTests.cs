using System.Text;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Ring;

/// <summary>Where Ring says a live view is ended (contract 8.5): taken when it can only be Ring's own, called never otherwise.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class RingLiveViewTests(TestDatabase database) : RingTest(database), IClassFixture<TestDatabase>
{
    private const string Device = "ava1.ring.device.A1";
    private const string Whep = $"/v1/devices/{Device}/media/streaming/whep";

    private static readonly byte[] s_offer = "v=0\r\n"u8.ToArray();

    /// <summary>All of them end the live view; {ring} is where Ring lives.</summary>
    public static IReadOnlyList<string> Good { get; } =
    [
        $"{{ring}}{Whep}/sessions/abc", $"{Whep}/sessions/abc", $"{Whep}/sessions/abc?x=1&y=2", $"{{ring}}{Whep}/sessions/abc?X-Amz-Signature=a%2Fb%3D%3D&t=1",
        $"{Whep}/sessions/{new string('a', 256)}", $"{Whep}/sessions/{new string('b', 3000)}?{new string('c', 3000)}", $"{Whep}/sessions/a-b_c.d~e", $"{Whep}/sessions/a:b@c!$&'()*+,;=",
        $"{Whep}/sessions/%7B%22a%22%3A1%7D", $"{Whep}/sessions/a%20b", $"{Whep}/resource/abc", $"{Whep}/abc", $"{Whep}/sessions/abc/", $"{Whep}/sessions/abc/part", $"{Whep}/sessions/abc?", "sessions/abc",
        $"{Whep}/sessions/abc?next=//elsewhere.example/", $"{Whep}/sessions/..abc", $"{Whep}/sessions/ABC?%00", $"{Whep}/sessions/x?a=b?c=d", $"  {Whep}/sessions/abc  ", $"{Whep}/sessions/1%2F2",
    ];

    /// <summary>None of them is ever called.</summary>
    public static IReadOnlyList<string> Bad { get; } =
    [
        $"//elsewhere.example{Whep}/sessions/abc", $"https://elsewhere.example{Whep}/sessions/abc", $"http://elsewhere.example{Whep}/sessions/abc", $"///elsewhere.example{Whep}/sessions/abc",
        $"\\\\elsewhere.example{Whep}/sessions/abc", $"{{ring}}@elsewhere.example{Whep}/sessions/abc", $"{{user}}{Whep}/sessions/abc", $"{{ring}}{Whep}/sessions/abc#part", $"{Whep}/sessions/abc#",
        $"https://api.amazonvision.com{Whep}/sessions/abc", $"ftp://127.0.0.1{Whep}/sessions/abc", "file:///etc/passwd", "javascript:alert(1)", "data:text/plain,x", "/v1/devices/other/media/streaming/whep/sessions/abc",
        $"/v1/devices/{Device}", $"{Whep}", $"{Whep}/", "/v1/accounts/me/app-integrations", "/", "..", $"{Whep}/../../../../../accounts/me/app-integrations", $"{Whep}/sessions/../../../../x",
        $"/v1/devices/{Device}%2F..%2Fother/media/streaming/whep/sessions/abc", $"/v1/devices/{Device}/media/streaming/rtsp/abc", $"/v2/devices/{Device}/media/streaming/whep/sessions/abc", "http://[::1", "http://127.0.0.1:99999/x", "?x=1",
    ];

    [Fact]
    public void There_Are_Fifty_And_More() => Assert.True(Good.Count + Bad.Count >= 50, $"{Good.Count} + {Bad.Count}");

    [Fact]
    public async Task An_Address_Of_Rings_Own_Is_Called_Whatever_Its_Last_Part_Says()
    {
        foreach (var location in Good)
        {
            Answers(location);

            var started = await Client.StartLiveViewAsync("token", Device, s_offer, CancellationToken.None);
            Assert.True(started.Value?.Path is not null, location);
            Assert.NotNull(started.Value.Answer);
            var ended = await Client.EndLiveSessionAsync("token", started.Value.Path, CancellationToken.None);
            Assert.True(ended.Value, location);
            var call = Ring.Calls.Last();
            Assert.Equal("DELETE", call.Method);
            Assert.StartsWith(Whep, call.Target, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Any_Other_Address_Is_Refused_With_What_Came_Along_And_Nobody_Is_Called()
    {
        foreach (var location in Bad)
        {
            Answers(location);
            var calls = Ring.Calls.Count;

            var started = await Client.StartLiveViewAsync("token", Device, s_offer, CancellationToken.None);

            Assert.True(started.IsSuccess, location);
            Assert.True(started.Value.Path is null, $"{location} was taken");
            Assert.Null(started.Value.Answer);
            Assert.Equal(calls + 1, Ring.Calls.Count);
        }
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    public async Task Without_An_Address_It_Plays_And_Rings_Limit_Ends_It(int status)
    {
        Answers(null, status);

        var started = await Client.StartLiveViewAsync("token", Device, s_offer, CancellationToken.None);

        Assert.Null(started.Value!.Path);
        Assert.StartsWith("v=0", Encoding.UTF8.GetString(started.Value.Answer!.Value.Span), StringComparison.Ordinal);
        var call = Assert.Single(Ring.Calls);
        Assert.Equal(("POST", $"{Whep}/sessions", "application/sdp", "Bearer token", "v=0\r\n"), (call.Method, call.Target, call.Headers["Content-Type"], call.Headers["Authorization"], call.Body));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/html")]
    public async Task Another_Kind_Of_Answer_Is_Not_Shown_And_Its_Address_Is_Kept(string type)
    {
        Answers($"{Whep}/sessions/abc", type: type);

        var started = await Client.StartLiveViewAsync("token", Device, s_offer, CancellationToken.None);

        Assert.Equal(($"{Whep}/sessions/abc", (ReadOnlyMemory<byte>?)null), (started.Value!.Path, started.Value.Answer));
    }

    [Fact]
    public async Task A_Camera_That_Is_Offline_Does_Not_Trip_The_Breaker_For_Everybody()
    {
        Ring.Always(503);
        for (var call = 0; call < 15; call++)
        {
            Assert.IsType<RingFailure.DeviceOffline>((await Client.StartLiveViewAsync("token", Device, s_offer, CancellationToken.None)).Failure);
        }

        Assert.Equal(15, Ring.Calls.Count);
    }

    [Fact]
    public async Task Two_Addresses_Are_None()
    {
        Ring.Answer = async (http, _) =>
        {
            http.Response.Headers["Location"] = new Microsoft.Extensions.Primitives.StringValues([$"{Whep}/sessions/a", $"{Whep}/sessions/b"]);
            http.Response.StatusCode = 201;
            http.Response.ContentType = "application/sdp";
            await http.Response.Body.WriteAsync("v=0\r\nm=video\r\n"u8.ToArray());
        };

        Assert.Null((await Client.StartLiveViewAsync("token", Device, s_offer, CancellationToken.None)).Value!.Path);
    }

    private void Answers(string? location, int status = 201, string type = "application/sdp") => Ring.Answer = async (http, _) =>
    {
        http.Response.StatusCode = http.Request.Method == "DELETE" ? 204 : status;
        if (http.Request.Method != "POST")
        {
            return;
        }

        http.Response.ContentType = type;
        if (location is not null)
        {
            http.Response.Headers.Location = location.Replace("{ring}", Ring.Address, StringComparison.Ordinal).Replace("{user}", Ring.Address.Replace("://", "://me:secret@", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        await http.Response.Body.WriteAsync("v=0\r\nm=video\r\n"u8.ToArray());
    };
}
