using System.Text.Json.Nodes;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Simulator;

public sealed class ImageTests : MediaTest
{
    private const long Minute = 60_000, Day = 24 * 60 * Minute;

    [Theory]
    [InlineData("jpeg", "image/jpeg", "FFD8FF")]
    [InlineData("png", "image/png", "89504E47")]
    public async Task A_Picture_Is_A_Link_To_Another_Host_That_Opens_Once(string format, string type, string magic)
    {
        using var asked = await Media.AtAsync(Press + 3_000, new() { ["format"] = format, ["resolution"] = new JsonObject { ["width"] = 320, ["height"] = 1080 } });
        Assert.Equal((303, Cloud.MediaAddress.Authority), ((int)asked.StatusCode, asked.Headers.Location!.Authority));
        Assert.NotEqual(Cloud.BaseAddress.Authority, Cloud.MediaAddress.Authority);
        using var picture = await Media.GetAsync(asked.Headers.Location);
        Assert.Equal((200, type), ((int)picture.StatusCode, picture.Content.Headers.ContentType!.ToString()));
        Assert.Equal((Press + 3_000, "recording"), (MediaCalls.Number(picture, "X-Media-Timestamp"), MediaCalls.Header(picture, "X-Media-Origin")));
        Assert.Equal(MediaCalls.Header(asked, "X-Request-ID"), MediaCalls.Header(picture, "X-Request-ID"));
        var bytes = await picture.Content.ReadAsByteArrayAsync();
        Assert.StartsWith(magic, Convert.ToHexString(bytes), StringComparison.Ordinal);
        Assert.Equal(bytes.Length, picture.Content.Headers.ContentLength);
        await Cloud.Calls.WaitForAsync(RingOperation.ImageFetch, "mara", 1, TimeSpan.FromSeconds(30));
        using var again = await Media.GetAsync(asked.Headers.Location);
        await MediaCalls.AssertErrorAsync(again, 403, "REQUEST_FORBIDDEN");
        Assert.Equal((1, 1), (Cloud.Calls.Count(RingOperation.ImageDownload, "mara", 303), Cloud.Calls.Count(RingOperation.ImageFetch, "mara", 200)));
    }

    [Fact]
    public async Task The_Media_Host_Wants_No_Credentials_And_Knows_Nothing_Else()
    {
        using var asked = await Media.AtAsync(Press);
        foreach (var (name, value) in new[] { ("Authorization", "Bearer x"), ("Cookie", "a=b") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, asked.Headers.Location);
            request.Headers.Add(name, value);
            using var refused = await Media.SendAsync(request);
            await MediaCalls.AssertErrorAsync(refused, 400, "INVALID_PAYLOAD");
        }

        using var device = await Media.GetAsync(new Uri(Cloud.MediaAddress, "/v1/devices"));
        using var page = await Media.GetAsync(new Uri(Cloud.MediaAddress, "/"));
        using var elsewhere = await Media.GetAsync(new Uri(Cloud.BaseAddress, asked.Headers.Location!.PathAndQuery));
        Assert.Equal((403, 403, 403), ((int)device.StatusCode, (int)page.StatusCode, (int)elsewhere.StatusCode));
        // An answer may be here before the ledger has its call.
        await Eventually.TrueAsync(() => Cloud.Calls.Loud().Count == 5, TimeSpan.FromSeconds(30));
        Cloud.Clock.Advance(TimeSpan.FromSeconds(61));
        using var late = await Media.GetAsync(asked.Headers.Location);
        await MediaCalls.AssertErrorAsync(late, 403, "REQUEST_FORBIDDEN");
    }

    [Theory]
    [InlineData(-10_000, 0)]
    [InlineData(0, 0)]
    [InlineData(7_000, 7_000)]
    [InlineData(30_000, 20_000)]
    [InlineData(-10_001, null)]
    [InlineData(30_001, null)]
    public async Task The_Nearest_Picture_Is_Ten_Seconds_Away_At_Most(int wanted, int? found)
    {
        Cloud.Settings.History = new() { ConsentedSince = DateTimeOffset.UnixEpoch };
        using var picture = await Media.FollowAsync(Media.AtAsync(Press + wanted));
        if (found is { } at)
            Assert.Equal(Press + at, MediaCalls.Number(picture, "X-Media-Timestamp"));
        else
            await MediaCalls.AssertErrorAsync(picture, 416, "MEDIA_NOT_FOUND");
    }

    [Fact]
    public async Task The_Latest_Picture_Of_A_Stretch_Is_The_Last_One_In_It()
    {
        using var last = await Media.FollowAsync(Media.LatestAsync(Press));
        using var inside = await Media.FollowAsync(Media.LatestAsync(Press + 2_000, Press + 9_000));
        using var after = await Media.FollowAsync(Media.LatestAsync(Press + 20_001));
        Assert.Equal((Press + 20_000, Press + 9_000), (MediaCalls.Number(last, "X-Media-Timestamp"), MediaCalls.Number(inside, "X-Media-Timestamp")));
        await MediaCalls.AssertErrorAsync(after, 416, "MEDIA_NOT_FOUND");
    }

    [Fact]
    public async Task Stills_Are_Stored_Each_Few_Minutes()
    {
        Cloud.Settings.Media = Cloud.Settings.Media with { SnapshotMinutes = 1 };
        using var still = await Media.FollowAsync(Media.LatestAsync(Press + (2 * Minute), Press + (4 * Minute)));
        Assert.Equal("snapshot", MediaCalls.Header(still, "X-Media-Origin"));
        Assert.Equal(0, MediaCalls.Number(still, "X-Media-Timestamp") % Minute);
    }

    [Fact]
    public async Task A_Body_That_Does_Not_Hold_To_The_Contract_Is_Refused_With_Its_Member()
    {
        var now = Media.Now;
        foreach (var (body, pointer) in new (string Body, string Pointer)[]
        {
            ("{}", "type"),
            ("{\"type\":\"newest\"}", "type"),
            ("{\"type\":\"at_timestamp\"}", "timestamp"),
            ($"{{\"type\":\"at_timestamp\",\"timestamp\":\"{now}\"}}", "timestamp"),
            ($"{{\"type\":\"at_timestamp\",\"timestamp\":{now + 60_000}}}", "timestamp"),
            ($"{{\"type\":\"at_timestamp\",\"timestamp\":{now - (181 * Day)}}}", "timestamp"),
            ($"{{\"type\":\"at_timestamp\",\"timestamp\":{now},\"end_timestamp\":{now}}}", "end_timestamp"),
            ("{\"type\":\"latest_in_range\"}", "start_timestamp"),
            ($"{{\"type\":\"latest_in_range\",\"start_timestamp\":{now - (2 * Day)},\"end_timestamp\":{now - Day + 1}}}", "end_timestamp"),
            ($"{{\"type\":\"latest_in_range\",\"start_timestamp\":{now},\"end_timestamp\":{now - 1}}}", "end_timestamp"),
            ($"{{\"type\":\"at_timestamp\",\"timestamp\":{now},\"image_options\":{{\"format\":\"webp\"}}}}", "image_options/format"),
            ($"{{\"type\":\"at_timestamp\",\"timestamp\":{now},\"image_options\":{{\"resolution\":{{\"width\":1921}}}}}}", "image_options/resolution/width"),
            ($"{{\"type\":\"at_timestamp\",\"timestamp\":{now},\"colour\":1}}", "colour"),
        })
        {
            using var answer = await Media.AskAsync("image", (JsonObject)JsonNode.Parse(body)!);
            await MediaCalls.AssertErrorAsync(answer, 400, "INVALID_PAYLOAD", pointer);
        }
    }

    [Fact]
    public async Task Nothing_Is_Shown_Before_Consent_Nor_Of_What_Is_Not_Shared()
    {
        using var before = await Media.AtAsync(Press - Minute);
        await MediaCalls.AssertErrorAsync(before, 403, "TIME_RANGE_NOT_AUTHORIZED");
        using var asked = await Media.AtAsync(Press);
        Cloud.Accounts.RemoveDevice("mara", FrontDoor, RemovalCause.TakenOut);
        using var gone = await Media.AtAsync(Press);
        await MediaCalls.AssertErrorAsync(gone, 404, "DEVICE_NOT_FOUND");
        using var late = await Media.GetAsync(asked.Headers.Location!);
        await MediaCalls.AssertErrorAsync(late, 404, "DEVICE_NOT_FOUND");
        Cloud.RevokeTokens("mara");
        using var dead = await Media.AtAsync(Press);
        await MediaCalls.AssertErrorAsync(dead, 401, "UNAUTHORIZED");
    }

    [Theory]
    [InlineData(422, null, "CORRUPT_RECORDING")]
    [InlineData(425, null, "RECORDING_NOT_READY")]
    [InlineData(503, null, "SERVER_BUSY")]
    [InlineData(500, "ODD", "ODD")]
    public async Task Each_Step_Fails_As_Planned_With_Its_Code(int status, string? code, string expected)
    {
        Cloud.Faults.Add(Fault.Answer(RingOperation.ImageFetch, status, code: code));
        using var fetched = await Media.FollowAsync(Media.AtAsync(Press));
        await MediaCalls.AssertErrorAsync(fetched, status, expected);
        Cloud.Faults.Add(Fault.Answer(RingOperation.ImageDownload, status, code: code));
        using var asked = await Media.AtAsync(Press);
        await MediaCalls.AssertErrorAsync(asked, status, expected);
        using var good = await Media.FollowAsync(Media.AtAsync(Press));
        Assert.Equal(200, (int)good.StatusCode);
    }

    [Fact]
    public async Task A_Fresh_Recording_Is_Not_Ready_If_A_Test_Wishes()
    {
        Cloud.Settings.Media = Cloud.Settings.Media with { NotReadyFor = TimeSpan.FromMinutes(1) };
        var now = Cloud.Events.Motion("mara", FrontDoor).Timestamp!.Value;
        using var early = await Media.FollowAsync(Media.AtAsync(now));
        await MediaCalls.AssertErrorAsync(early, 425, "RECORDING_NOT_READY");
        Cloud.Clock.Advance(TimeSpan.FromMinutes(1));
        using var ready = await Media.FollowAsync(Media.AtAsync(now));
        Assert.Equal(200, (int)ready.StatusCode);
    }
}
