using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RingPortal.Tests.Account;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Ring;

namespace RingPortal.Tests.Media;

/// <summary>What pages get who ask for pictures and recordings: by whom, with which words, under which protection.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class MediaEndpointTests(MediaWorld world) : IClassFixture<MediaWorld>, IAsyncLifetime
{
    public Task InitializeAsync()
    {
        Ring.Lead(303, Ring.SignedAddress);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_Picture_Of_An_Event_Comes_With_Our_Name_And_Every_Protection()
    {
        var person = await world.MoveInAsync("Haustür \"Süd\" ../..");
        var entry = await person.HappenAsync(DateTimeOffset.FromUnixTimeMilliseconds(1790000300250));
        var picture = MediaBytes.Jpeg();
        Ring.Serve("image/jpeg", picture, headers: [("X-Media-Timestamp", "1790000300250"), ("X-Media-Origin", "recording"), ("Content-Disposition", "attachment; filename=evil.exe"), ("Set-Cookie", "evil=1")]);

        using var shown = await person.Browser.GetAsync($"/media/events/{entry}/image");
        using var saved = await person.Browser.GetAsync($"/media/events/{entry}/image?download");

        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Equal(picture, await shown.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/jpeg", shown.Content.Headers.ContentType!.ToString());
        Assert.Equal("inline; filename=\"haustr-sd-2026-09-21-16.18.20.jpg\"; filename*=UTF-8''Haust%C3%BCr%20S%C3%BCd%202026-09-21%2016.18.20.jpg", Header(shown, "Content-Disposition"));
        Assert.StartsWith("attachment;", Header(saved, "Content-Disposition"), StringComparison.Ordinal);
        Assert.Equal(("1790000300250", "recording"), (Header(shown, "X-Media-Timestamp"), Header(shown, "X-Media-Origin")));
        AssertProtected(shown);
        Assert.False(shown.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_Recording_That_Is_Shorter_Than_Asked_For_Says_So()
    {
        var person = await world.MoveInAsync();
        var entry = await person.HappenAsync();
        Ring.ServeDirectly("video/mp4", MediaBytes.Mp4(), 206, ("X-Media-Timestamp", "1790000300250"), ("X-Media-Length", "12500"));

        using var played = await person.Browser.GetAsync($"/media/events/{entry}/clip");
        using var saved = await person.Browser.GetAsync($"/media/events/{entry}/clip?download");

        Assert.Equal((HttpStatusCode.PartialContent, "video/mp4", 20_000L), (played.StatusCode, played.Content.Headers.ContentType!.MediaType, played.Content.Headers.ContentLength));
        Assert.Equal(("1790000300250", "12500", "none"), (Header(played, "X-Media-Timestamp"), Header(played, "X-Media-Length"), Header(played, "Accept-Ranges")));
        Assert.Equal((HttpStatusCode.OK, 20_000), (saved.StatusCode, (await saved.Content.ReadAsByteArrayAsync()).Length));
        AssertProtected(played);
    }

    [Theory]
    [InlineData(null, 30_000)]
    [InlineData(0, 30_000)]
    [InlineData(2, 5_000)]
    [InlineData(45, 45_000)]
    [InlineData(4_000, 300_000)]
    public async Task A_Recording_Is_As_Long_As_Its_Event_Within_Reason(int? seconds, int expected)
    {
        var person = await world.MoveInAsync();
        var entry = await person.HappenAsync(DateTimeOffset.UtcNow.AddHours(-2));
        await world.Database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"UPDATE device_events SET ended_at = occurred_at + {seconds ?? 0} * interval '1 second' WHERE id = '{entry}' AND {seconds is not null}"));
        Ring.ServeDirectly("video/mp4", MediaBytes.Mp4());

        using var answer = await person.Browser.GetAsync($"/media/events/{entry}/clip");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains($"\"duration\":{expected},", Ring.Api.Calls.Last(call => call.Target.Contains(person.RingDevice, StringComparison.Ordinal)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, 404, "no_recording")]
    [InlineData(416, 404, "no_recording")]
    [InlineData(422, 422, "corrupt")]
    [InlineData(425, 503, "not_ready")]
    [InlineData(503, 503, "not_ready")]
    [InlineData(403, 403, "scope")]
    [InlineData(429, 503, "not_ready")]
    [InlineData(400, 502, "unfit")]
    [InlineData(500, 502, "unfit")]
    [InlineData(302, 502, "unfit")]
    public async Task What_Ring_Answers_Has_One_Code_And_Word(int status, int expected, string word)
    {
        var person = await world.MoveInAsync();
        var entry = await person.HappenAsync();
        await world.Database.ExecuteAsync("DELETE FROM rate_leases");
        Ring.Api.Answer = (http, _) => http.AnswerAsync(status, "{}", ("Retry-After", "1"), ("Location", "https://evil.example/x"));

        foreach (var kind in new[] { "image", "clip" })
        {
            using var answer = await person.Browser.GetAsync($"/media/events/{entry}/{kind}");
            Assert.Equal(((HttpStatusCode)expected, word), (answer.StatusCode, await WordAsync(answer)));
            Assert.Equal(expected == 503, answer.Headers.RetryAfter is not null);
            AssertProtected(answer);
            await world.Database.ExecuteAsync("DELETE FROM rate_leases");
        }
    }

    [Fact]
    public async Task A_Refused_Access_Is_Renewed_Once_And_Else_The_Person_Must_Connect_Again()
    {
        var person = await world.MoveInAsync();
        var entry = await person.HappenAsync();
        Ring.Api.Answer = (http, _) => http.Request.Path.StartsWithSegments("/oauth")
            ? http.AnswerAsync(200, """{"access_token":"new-token","refresh_token":"new-refresh","expires_in":14400,"token_type":"Bearer","scope":"x"}""")
            : http.Request.Headers.Authorization == "Bearer new-token" ? MediaRing.Redirect(http, 303, Ring.SignedAddress) : http.AnswerAsync(401);
        Ring.Serve("image/jpeg", MediaBytes.Jpeg());

        using (var renewed = await person.Browser.GetAsync($"/media/events/{entry}/image"))
        {
            Assert.Equal(HttpStatusCode.OK, renewed.StatusCode);
        }

        Ring.Api.Answer = (http, _) => http.Request.Path.StartsWithSegments("/oauth") ? http.AnswerAsync(400, """{"error":"invalid_grant"}""") : http.AnswerAsync(401);
        using var refused = await person.Browser.GetAsync($"/media/events/{entry}/image");
        Assert.Equal((HttpStatusCode.Conflict, "relink_required"), (refused.StatusCode, await WordAsync(refused)));
    }

    public static TheoryData<string, string, bool, int, string> Confusion => new()
    {
        // Type as Ring says, content, whether a picture was asked for, status, word.
        { "text/html", "html", true, 502, "unfit" },
        { "image/svg+xml", "svg", true, 502, "unfit" },
        { "image/jpeg", "html", true, 502, "unfit" },
        { "image/jpeg", "svg", true, 502, "unfit" },
        { "image/png", "json", true, 502, "unfit" },
        { "image/gif", "jpeg", true, 502, "unfit" },
        { "application/octet-stream", "jpeg", true, 502, "unfit" },
        { "image/jpeg", "png", true, 502, "unfit" },
        { "image/png", "jpeg", true, 502, "unfit" },
        { "image/jpeg", "mp4", true, 502, "unfit" },
        { "video/mp4", "mp4", true, 502, "unfit" },
        { "image/jpeg", "jpeg", false, 502, "unfit" },
        { "video/mp4", "jpeg", false, 502, "unfit" },
        { "video/mp4", "html", false, 502, "unfit" },
        { "video/webm", "mp4", false, 502, "unfit" },
        { "image/jpeg", "empty", true, 502, "unfit" },
        { "image/jpeg", "huge", true, 502, "unfit" },
        { "image/png", "hugepng", true, 502, "unfit" },
        { "image/jpeg", "headless", true, 502, "unfit" },
        { "image/jpeg", "encrypted", true, 422, "protected" },
        { "video/mp4", "encrypted", false, 422, "protected" },
        { "IMAGE/JPEG; charset=utf-8", "jpeg", true, 200, "" },
        { "image/jpeg", "longhead", true, 200, "" },
        { "image/png", "png", true, 200, "" },
        { "video/mp4", "mp4", false, 200, "" },
    };

    [Theory]
    [MemberData(nameof(Confusion))]
    public async Task Only_What_Is_What_It_Says_Reaches_A_Browser(string type, string content, bool image, int expected, string word)
    {
        var person = await world.MoveInAsync();
        var entry = await person.HappenAsync();
        Ring.Lead(303, Ring.SignedAddress);
        Ring.Serve(type, Content(content));

        using var answer = await person.Browser.GetAsync($"/media/events/{entry}/{(image ? "image" : "clip")}");

        Assert.Equal((HttpStatusCode)expected, answer.StatusCode);
        AssertProtected(answer);
        if (expected == 200)
        {
            Assert.Equal(Content(content), await answer.Content.ReadAsByteArrayAsync());
            Assert.Contains(answer.Content.Headers.ContentType!.ToString(), new[] { "image/jpeg", "image/png", "video/mp4" });
        }
        else
        {
            Assert.Equal(word, await WordAsync(answer));
        }

        Assert.Equal(word == "protected", await world.Database.ScalarAsync<bool>($"SELECT protected_at IS NOT NULL FROM devices WHERE id = '{person.Camera}'"));
    }

    [Fact]
    public async Task A_Camera_Counts_As_Protected_Until_A_Picture_Can_Be_Shown_Again()
    {
        var person = await world.MoveInAsync();
        var entry = await person.HappenAsync();
        Ring.Lead(303, Ring.SignedAddress);
        Ring.Serve("image/jpeg", MediaBytes.Encrypted());
        using (await person.Browser.GetAsync($"/media/events/{entry}/image"))
        {
            Assert.True(await ProtectedAsync(person));
        }

        Ring.Serve("image/jpeg", MediaBytes.Jpeg());
        using (await person.Browser.GetAsync($"/media/events/{entry}/image"))
        {
            Assert.False(await ProtectedAsync(person));
        }
    }

    [Fact]
    public async Task What_Breaks_Off_Is_Broken_Off_For_The_Reader_Too()
    {
        var person = await world.MoveInAsync();
        var entry = await person.HappenAsync();
        var isSeen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isGone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Ring.Api.Answer = async (http, _) =>
        {
            (http.Response.ContentType, http.Response.ContentLength) = ("video/mp4", 500_000);
            await http.Response.Body.WriteAsync(MediaBytes.Mp4(100_000));
            await http.Response.Body.FlushAsync();
            await isSeen.Task;
            http.Abort();
            isGone.SetResult();
        };
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = person.Browser.Cookies }) { BaseAddress = world.First.BaseAddress };

        using var answer = await client.GetAsync($"/media/events/{entry}/clip", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal((HttpStatusCode.OK, 500_000L), (answer.StatusCode, answer.Content.Headers.ContentLength));
        isSeen.SetResult();
        await isGone.Task;

        await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/media/devices/{camera}/latest")]
    [InlineData("/media/events/{event}/image")]
    [InlineData("/media/events/{event}/clip")]
    public async Task Whose_It_Is_Not_Gets_What_Everybody_Gets_For_Nothing(string route)
    {
        var person = await world.MoveInAsync();
        var stranger = await world.MoveInAsync();
        var entry = await person.HappenAsync();
        var address = route.Replace("{camera}", person.Camera.ToString(), StringComparison.Ordinal).Replace("{event}", entry.ToString(), StringComparison.Ordinal);
        var nowhere = route.Replace("{camera}", Guid.NewGuid().ToString(), StringComparison.Ordinal).Replace("{event}", Guid.NewGuid().ToString(), StringComparison.Ordinal);
        using var nobody = new Visitor(world.First.BaseAddress);

        using var theirs = await stranger.Browser.GetAsync(address);
        using var nothing = await stranger.Browser.GetAsync(nowhere);
        using var unknown = await nobody.GetAsync(address);
        await world.Database.ExecuteAsync($"UPDATE devices SET removed_at = now() WHERE id = '{person.Camera}'");
        using var removed = await person.Browser.GetAsync(address);

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.Unauthorized, HttpStatusCode.NotFound], new[] { theirs, nothing, unknown, removed }.Select(answer => answer.StatusCode));
        Assert.Equal(await nothing.Content.ReadAsStringAsync(), await theirs.Content.ReadAsStringAsync());
        Assert.Equal(await nothing.Content.ReadAsStringAsync(), await removed.Content.ReadAsStringAsync());
        Assert.Equal(0, person.Asked);
    }

    [Fact]
    public async Task Staff_A_Plan_That_Ended_And_Other_Sites_Make_Nobody_Ask_Ring()
    {
        var person = await world.MoveInAsync();
        var entry = await person.HappenAsync();
        await world.Database.ExecuteAsync($"UPDATE subscriptions SET active = false WHERE ring_token_id = '{person.Link}'");
        foreach (var address in new[] { $"/media/devices/{person.Camera}/latest", $"/media/events/{entry}/image", $"/media/events/{entry}/clip" })
        {
            using var answer = await person.Browser.GetAsync(address);
            Assert.Equal((HttpStatusCode.Forbidden, "plan"), (answer.StatusCode, await WordAsync(answer)));
        }

        await world.Database.ExecuteAsync($"UPDATE subscriptions SET active = true WHERE ring_token_id = '{person.Link}'");
        using (var handler = new SocketsHttpHandler { CookieContainer = person.Browser.Cookies })
        using (var client = new HttpClient(handler) { BaseAddress = world.First.BaseAddress })
        {
            client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
            using var elsewhere = await client.GetAsync($"/media/events/{entry}/image");
            Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
            using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/media/events/{entry}/image"));
            Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
        }

        await world.Database.ExecuteAsync($"INSERT INTO user_roles (user_id, role_id) SELECT '{person.UserId}', id FROM roles WHERE name = 'Admin'");
        using var staff = new Visitor(world.First.BaseAddress);
        using (await staff.SignInAsync(person.Email))
        using (var answer = await staff.GetAsync($"/media/events/{entry}/image"))
        {
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.Equal(0, person.Asked);
    }

    private MediaRing Ring => world.Ring;

    private Task<bool> ProtectedAsync(MediaPerson person) => world.Database.ScalarAsync<bool>($"SELECT protected_at IS NOT NULL FROM devices WHERE id = '{person.Camera}'");

    internal static byte[] Content(string name) => name switch
    {
        "jpeg" => MediaBytes.Jpeg(),
        "png" => MediaBytes.Png(),
        "mp4" => MediaBytes.Mp4(),
        "html" => "<html><script>alert(1)</script></html>"u8.ToArray(),
        "svg" => "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(),
        "json" => "{\"error\":\"x\"}"u8.ToArray(),
        "empty" => [],
        "huge" => MediaBytes.Jpeg(width: 60_000, height: 60_000),
        "hugepng" => MediaBytes.Png(width: int.MaxValue, height: 1),
        "headless" => [0xFF, 0xD8, 0xFF, 0xDA, 0, 4, 0, 0, 0, 0, 0, 0],
        "longhead" => MediaBytes.Jpeg(before: 300_000, length: 400_000),
        _ => MediaBytes.Encrypted(),
    };

    private static void AssertProtected(HttpResponseMessage answer)
    {
        Assert.Equal("sandbox", Header(answer, "Content-Security-Policy"));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
        Assert.Equal("no-store, private", Header(answer, "Cache-Control"));
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        name == "Cache-Control" ? answer.Headers.CacheControl!.ToString()
        : answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values)
        : "";

    private static async Task<string> WordAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString()!;
}
