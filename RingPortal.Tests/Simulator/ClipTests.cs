using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Media;

namespace RingPortal.Tests.Simulator;

public sealed class ClipTests : MediaTest
{
    [Fact]
    public async Task A_Clip_Comes_Whole_Or_As_Much_As_There_Is()
    {
        using var whole = await Media.ClipAsync(Press + 1_000, 4_000);
        Assert.Equal((200, "video/mp4", Press + 1_000), ((int)whole.StatusCode, whole.Content.Headers.ContentType!.ToString(), MediaCalls.Number(whole, "X-Media-Timestamp")));
        Assert.Null(MediaCalls.Header(whole, "X-Media-Length"));
        var bytes = await whole.Content.ReadAsByteArrayAsync();
        Assert.Equal("ftypisom", Encoding.ASCII.GetString(bytes, 4, 8));
        using var part = await Media.ClipAsync(Press, 60_000);
        Assert.Equal((206, Press, 20_000), ((int)part.StatusCode, MediaCalls.Number(part, "X-Media-Timestamp"), MediaCalls.Number(part, "X-Media-Length")));
        Cloud.Settings.Media = Cloud.Settings.Media with { DurationHeader = true };
        Cloud.Settings.History = new() { ConsentedSince = DateTimeOffset.UnixEpoch };
        using var early = await Media.ClipAsync(Press - 5_000, 8_000);
        Assert.Equal((206, Press, 3_000), ((int)early.StatusCode, MediaCalls.Number(early, "X-Media-Timestamp"), MediaCalls.Number(early, "X-Media-Duration")));
        using var none = await Media.ClipAsync(Press + 20_000, 60_000);
        await MediaCalls.AssertErrorAsync(none, 416, "TIMESTAMP_NOT_FOUND");
    }

    [Fact]
    public async Task Recordings_That_Touch_Are_One_And_One_That_Goes_On_Ends_Now()
    {
        var motion = Cloud.Events.Motion("mara", FrontDoor, options: new() { Timestamp = Press + 10_000 }).Timestamp!.Value;
        using var both = await Media.ClipAsync(Press, 60_000);
        Assert.Equal(motion + 18_100 - Press, MediaCalls.Number(both, "X-Media-Length"));
        var session = Cloud.Sessions.Open("mara", FrontDoor);
        Cloud.Clock.Advance(TimeSpan.FromSeconds(7));
        var opened = session.OpenedAt.ToUnixTimeMilliseconds();
        using var live = await Media.ClipAsync(opened, 30_000);
        Assert.InRange(MediaCalls.Number(live, "X-Media-Length"), 7_000, 30_000);
        Cloud.Settings.Media = Cloud.Settings.Media with { RefuseOnDemandClips = true };
        using var refused = await Media.ClipAsync(opened, 30_000);
        await MediaCalls.AssertErrorAsync(refused, 403, "TIME_RANGE_NOT_AUTHORIZED");
    }

    [Fact]
    public async Task Wrong_Bodies_And_Times_Before_Consent_Are_Refused()
    {
        var now = Media.Now;
        foreach (var (body, pointer) in new (string Body, string Pointer)[]
        {
            ("{}", "timestamp"),
            ($"{{\"timestamp\":{now + 60_000},\"duration\":1}}", "timestamp"),
            ($"{{\"timestamp\":{now},\"duration\":0}}", "duration"),
            ($"{{\"timestamp\":{now},\"duration\":900001}}", "duration"),
            ($"{{\"timestamp\":{now},\"duration\":1,\"video_options\":{{\"codec\":\"vp9\"}}}}", "video_options/codec"),
            ($"{{\"timestamp\":{now},\"duration\":1,\"video_options\":{{\"frame_rate\":26}}}}", "video_options/frame_rate"),
            ($"{{\"timestamp\":{now},\"duration\":1,\"audio_options\":{{\"audio_enabled\":\"no\"}}}}", "audio_options/audio_enabled"),
        })
        {
            using var answer = await Media.AskAsync("video", (JsonObject)JsonNode.Parse(body)!);
            await MediaCalls.AssertErrorAsync(answer, 400, "INVALID_PAYLOAD", pointer);
        }

        using var before = await Media.ClipAsync(Press - 60_000, 1_000);
        await MediaCalls.AssertErrorAsync(before, 403, "TIME_RANGE_NOT_AUTHORIZED");
    }

    [Fact]
    public async Task A_Clip_Is_Redirected_To_The_Other_Host_Or_To_The_Same()
    {
        Cloud.Settings.Media = Cloud.Settings.Media with { RedirectStatus = 301, RedirectHops = 2 };
        using var asked = await Media.ClipAsync(Press, 3_000);
        Assert.Equal((301, Cloud.MediaAddress.Authority), ((int)asked.StatusCode, asked.Headers.Location!.Authority));
        using var first = await Media.GetAsync(asked.Headers.Location);
        using var second = await Media.GetAsync(first.Headers.Location!);
        using var clip = await Media.GetAsync(second.Headers.Location!);
        Assert.Equal((302, 302, 200), ((int)first.StatusCode, (int)second.StatusCode, (int)clip.StatusCode));
        await Cloud.Calls.WaitForAsync(RingOperation.ClipFetch, "mara", 3, TimeSpan.FromSeconds(30));
        Assert.Equal(1, Cloud.Calls.Count(RingOperation.ClipFetch, "mara", 200));

        Cloud.Settings.Media = Cloud.Settings.Media with { RedirectStatus = 307, RedirectHops = 0, RedirectSameHost = true };
        using var stays = await Media.ClipAsync(Press, 3_000);
        Assert.Equal(Cloud.BaseAddress.Authority, stays.Headers.Location!.Authority);
        using var bare = await Media.GetAsync(stays.Headers.Location);
        Assert.Equal(405, (int)bare.StatusCode);
        using var repeated = await Media.SendAsync(HttpMethod.Post, stays.Headers.Location.PathAndQuery);
        Assert.Equal((200, "video/mp4"), ((int)repeated.StatusCode, repeated.Content.Headers.ContentType!.ToString()));

        Cloud.Settings.Media = Cloud.Settings.Media with { RawLocation = "http://169.254.169.254/{device}" };
        using var hostile = await Media.AtAsync(Press);
        Assert.Equal($"http://169.254.169.254/{FrontDoor}", hostile.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Files_Are_Not_What_They_Say_If_A_Test_Wishes()
    {
        Set(settings => settings with { WrongContentType = "text/html" });
        using var typed = await Media.ClipAsync(Press, 1_000);
        Assert.Equal("text/html", typed.Content.Headers.ContentType!.ToString());
        Set(settings => settings with { WrongContentType = null, WrongBytes = true });
        using var page = await Media.FollowAsync(Media.AtAsync(Press));
        Assert.StartsWith("<!doctype html><script>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("image/jpeg", page.Content.Headers.ContentType!.ToString());
        Set(settings => settings with { WrongBytes = false, Protected = true });
        using var locked = await Media.ClipAsync(Press, 1_000);
        Assert.DoesNotContain("ftyp", Encoding.ASCII.GetString(await locked.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
        Set(settings => settings with { Protected = false, CutAfter = 5_000 });
        await Assert.ThrowsAsync<HttpRequestException>(CutOffAsync);
        Set(settings => settings with { CutAfter = null, WithoutLength = true, Slow = TimeSpan.FromMilliseconds(40) });
        using var slow = await Media.ClipAsync(Press, 1_000);
        Assert.Null(slow.Content.Headers.ContentLength);
        Assert.NotEmpty(await slow.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_File_Is_As_Large_As_A_Test_Wishes_And_Is_Streamed()
    {
        Set(settings => settings with { Size = 210_000_000 });
        using var large = await Media.ClipAsync(Press, 1_000);
        Assert.Equal(210_000_000, large.Content.Headers.ContentLength);
        await using var body = await large.Content.ReadAsStreamAsync();
        var gulp = new byte[256 * 1024];
        var (total, count) = (0L, 0);
        while ((count = await body.ReadAsync(gulp)) > 0)
            total += count;

        Assert.Equal(210_000_000, total);
    }

    [Fact]
    public async Task A_Proof_Makes_Trouble_Over_Http()
    {
        using var changed = await Partner.Http.PatchAsJsonAsync("/control/media", new { redirectStatus = 302, size = 5_000, slow = "00:00:01" });
        Assert.Equal((302, 5_000L), (Cloud.Settings.Media.RedirectStatus, Cloud.Settings.Media.Size));
        using var wrong = await Partner.Http.PatchAsJsonAsync("/control/media", new { redirectStatus = 200 });
        Assert.Equal(400, (int)wrong.StatusCode);
        using var reset = await Partner.Http.DeleteAsync("/control/media");
        Assert.Equal(new MediaSettings(), Cloud.Settings.Media);
        Assert.Equal(Cloud.MediaAddress, await Partner.Http.GetFromJsonAsync<Uri>("/control/media/address"));
    }

    /// <summary>Whether the break comes before or after the headers is up to the network.</summary>
    private async Task CutOffAsync()
    {
        using var cut = await Media.ClipAsync(Press, 1_000);
        await cut.Content.ReadAsByteArrayAsync();
    }

    private void Set(Func<MediaSettings, MediaSettings> change) => Cloud.Settings.Media = change(Cloud.Settings.Media);
}
